//! variorum: a terminal browser for corpora of news. It finds the versions of one story, lines their sentences up, and shows
//! how they differ.
//!
//! What is where, by what is on the screen:
//!
//! ```text
//!  variorum · demo                                      33 articles · 7 stories · 0 skipped   ui/mod.rs (title, footer)
//! ┌ Corpus · stories ──────┐┌ A Continental ── difference 4/31 · same 71% ── C The Meridian ┐
//! │▾ Velmara calls pact… 6 ││ …a pact that is               │ …a pact that is              ▪│ app/parallel.rs, ui/parallel.rs
//! │▌ A Continental   07 Mar││ ironclad, he said.            ~ iron clad, he said.           │ app/rows.rs (collation × width → lines)
//! │  C The Meridian   86% ⚑││ The two men met on Friday.    ⇄ The two men met on Friday.   ⇄│ collate/align.rs (pairs and moves)
//! │  F Sundial Times  74% ⚑││                               + Nobody named a price.        +│ collate/rows.rs (rows in reading order)
//! │▸ Bank of Carrow hol… 6 ││ ▸ 5 sentences the same                                        │ corpus/story/ (which articles are versions)
//! └────────────────────────┘└ ironclad A · iron clad C D · strong F   substitution · wording ─┘ collate/diff.rs, edit.rs, flag.rs; apparatus/ (the readings)
//!  j/k move  Tab/S-Tab pane  ]/[ difference  }/{ version  / search  ? help  q quit              app/command.rs (THE table)
//! ```
//!
//! A key goes through app/bindings.rs, which holds the table's keys or those of the reader's settings (app/settings.rs, cli/config.rs).
//! `v` turns the panes into the table of variants (app/variants.rs, ui/variants.rs), `s` into the story (app/story.rs, ui/story.rs),
//! `c` into the check of a rewrite (app/check/, ui/check.rs), which `R` reports (app/printing.rs, ui/printing.rs).
//! Editors' marks go from app/marks.rs to corpus/notes and come back once they are saved; words that are looked for go from app/words.rs to
//! ui/indexing.rs, the thread that has the index: it reads what is new, and has stories found. ui/listing.rs lists the corpus, and again
//! when corpus/watch.rs tells of a change; app/changing.rs takes that in.
//!
//! The corpus pane is app/tree/ (ui/tree.rs draws it) over app/listing.rs. What takes time with the number of articles goes on in slices
//! between frames: the filter and the order of the tree, the stories, and a search in it (app/hits.rs).
//!
//! A place is told and gone back to by app/spot.rs: for the jump list (app/jumps.rs), and for the next run (app/session.rs, cli/state.rs).
//!
//! The floors, from the ground up; each leans only on those below it, and a test reads the sources to keep it so:
//!
//! 1. [`text`]: bytes to words. Blocks, sentences, tokens, figures and dates, names, quotations, the lexicon; all by span, nothing can fail.
//! 2. [`collate`]: two texts to what differs. Rows, edits with kind, level and reason, flags; all versions of a story to passages,
//!    variants and readings; a rewrite and its sources to origins and findings (`check`); nothing can fail.
//! 3. [`corpus`]: files to articles and stories. The one engine floor that touches the disk: it looks into files, packed ones and
//!    archives too (`contents`, `place`), reads articles (`read`), and writes nothing but the editors' marks (`notes`) and, outside of the
//!    corpus, what it knows of it (`index`).
//! 4. [`report`]: results to JSON, CSV, TEI, HTML and Markdown, the contracts for other programs; editors' reports (`desk`).
//! 5. [`app`]: what the reader sees, as plain data; messages in, requests out, no terminal.
//! 6. [`ui`]: data to cells, and the loop that owns the terminal.
//! 7. [`cli`]: the street door.
//!
//! ```text
//! bytes ─corpus::read→ Article ─text→ Text ─collate→ Collation ─app::rows→ lines for one width ─ui→ cells
//!                                                        └─ report → JSON, CSV, TEI, HTML
//! back up: key → command → verb on a pane, maybe a request → worker → message → update
//! ```

pub mod text;

pub mod collate;

pub mod corpus;

pub mod report;

pub mod app;

pub mod ui;

pub mod cli;
