//! Shows how two articles differ.

use super::page::{Ink, Page, unless_closed};
use super::{Format, Lowest};
use crate::app::parallel::fold_label;
use crate::app::rows::{self, Body, Folded, Line, Paint, Piece, Setting};
use crate::collate::{self, Collation, Level, Levels, Row, RowKind};
use crate::corpus::Article;
use crate::corpus::scan::Scan;
use crate::report::json;
use crate::text::{self, Span, width};
use crate::ui::Depth;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Show how two articles differ: side by side where there is room, else in one column.
///
/// In one column, and wherever there are no colours, words that only the left has stand in [-…-], words that only the right has in {+…+}.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The article on the left.
    left: PathBuf,
    /// The article on the right.
    right: PathBuf,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What counts as one unit: with `line` every line is one as it stands.
    #[arg(long, value_enum, default_value_t = Unit::Sentence)]
    unit: Unit,
    /// The lowest level of difference that counts.
    #[arg(long, value_enum, default_value_t = Lowest::Form)]
    level: Lowest,
    /// Columns to print in; else those of the terminal, or 100.
    #[arg(long)]
    width: Option<usize>,
    /// Print everything, also what is the same on both sides.
    #[arg(long)]
    all: bool,
    /// Read and count page furniture like news: bylines, credits, appeals, links.
    #[arg(long)]
    furniture: bool,
    /// Exit with 1 when the articles differ at the given level.
    #[arg(long)]
    exit_code: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    Sentence,
    Line,
    Paragraph,
}

/// Side by side needs this many columns.
const SIDE_BY_SIDE: usize = 90;

impl Diff {
    pub(super) fn run(self, options: &Scan, depth: Depth) -> Result<ExitCode> {
        let open = |path: &Path| super::corpus::article(path, options, self.unit());
        let (mut left, mut right) = (open(&self.left)?, open(&self.right)?);
        (left.parsed.whole, right.parsed.whole) = (self.furniture, self.furniture);
        let collation = collate::collate(left.side(), right.side());
        let levels = self.levels();
        let printed = match self.format {
            Format::Json => super::print_json(&json::diff(&left, &right, &collation, levels)),
            Format::Text => self.print(Sheet { articles: [&left, &right], collation: &collation, levels }, depth),
        };
        unless_closed(printed)?;
        let differs = collation.rows.iter().any(|row| !row.is_same_at(levels));
        Ok(ExitCode::from(u8::from(self.exit_code && differs)))
    }

    fn unit(&self) -> text::Unit {
        match self.unit {
            Unit::Sentence => text::Unit::Sentence,
            Unit::Line => text::Unit::Line,
            Unit::Paragraph => text::Unit::Paragraph,
        }
    }

    fn levels(&self) -> Levels {
        Levels::from(self.level.level())
    }

    fn print(&self, sheet: Sheet, depth: Depth) -> io::Result<()> {
        let mut page = Page::new(self.width, depth);
        let inline = page.width < SIDE_BY_SIDE;
        let column = if inline { page.width.saturating_sub(2) } else { (page.width - 3) / 2 };
        let setting = Setting { width: column, inline, levels: sheet.levels, folded: !self.all, wrapped: true };
        sheet.head(&mut page)?;
        let lines = rows::lines(sheet.articles.map(Article::side), sheet.collation, setting, &HashSet::new());
        for row in lines.chunk_by(|a, b| a.row == b.row && !b.first && is_text(a) && is_text(b)) {
            if is_text(&row[0]) && !page.is_colored() {
                sheet.bracketed(&mut page, row, column)?;
            } else {
                row.iter().try_for_each(|line| sheet.line(&mut page, line, column))?;
            }
        }
        sheet.foot(&mut page)?;
        page.finish()
    }
}

/// Two articles and what is to be printed of them.
struct Sheet<'a> {
    articles: [&'a Article; 2],
    collation: &'a Collation,
    levels: Levels,
}

impl Sheet<'_> {
    fn head(&self, page: &mut Page) -> io::Result<()> {
        for (article, (sign, ink)) in self.articles.iter().zip([("−", Ink::Left), ("+", Ink::Right)]) {
            page.write(&format!("{sign} {}", width::safe(&article.path.to_string_lossy())), ink)?;
            page.end()?;
        }
        page.end()
    }

    fn foot(&self, page: &mut Page) -> io::Result<()> {
        let summary = &self.collation.summary;
        let [form, wording, substance] = summary.edits;
        let percent = |share: f64| if share >= 1.0 { 100.0 } else { (share * 100.0).round().min(99.0) };
        page.end()?;
        page.write(&format!("same {}%", percent(summary.similarity)), Ink::Strong)?;
        page.write(&format!(" · differences: {form} of form, {wording} of wording, {substance} of substance"), Ink::Quiet)?;
        page.write(&format!(" · longest run {} words", summary.longest_run_words), Ink::Quiet)?;
        let whole = self.articles.iter().any(|article| article.parsed.whole);
        page.write(if whole { " · with page furniture" } else { "" }, Ink::Quiet)?;
        page.end()?;
        for article in self.articles.iter().filter(|article| article.parsed.foreign) {
            let language = article.language.as_deref().unwrap_or("another language");
            let told = format!("{} is in {language}: no rules of English are applied", width::safe(&article.path.to_string_lossy()));
            page.write(&told, Ink::Quiet)?;
            page.end()?;
        }
        for row in &self.collation.rows {
            for flag in &row.flags {
                page.write(&format!("! {}: {}", flag.kind.name(), width::flat(&flag.why)), Ink::Moved)?;
                page.end()?;
            }
        }
        Ok(())
    }

    fn line(&self, page: &mut Page, line: &Line, column: usize) -> io::Result<()> {
        let row = &self.collation.rows[line.row];
        let sign = sign(line, row, self.levels);
        match &line.body {
            Body::Sides([left, right]) => {
                let used = self.pieces(page, left, row, false)?;
                page.write(&" ".repeat(column.saturating_sub(used)), Ink::Plain)?;
                page.write(&format!(" {} ", if sign == " " { "│" } else { sign }), Ink::Quiet)?;
                self.pieces(page, right, row, false)?;
            }
            Body::Inline(pieces) => {
                page.write(&format!("{sign} "), Ink::Quiet)?;
                self.pieces(page, pieces, row, true)?;
            }
            Body::Gap => {}
            Body::Fold { why, sentences, .. } => page.write(&format!("… {}", label(*why, *sentences)), Ink::Quiet)?,
            Body::Stub { words } => {
                let shown = width::flat(words.of(&self.articles[1].text)).into_owned();
                page.write(
                    &format!("⇄ on the right here, told above or below: {}", width::clipped(&shown, page.width.saturating_sub(44))),
                    Ink::Moved,
                )?;
            }
        }
        page.end()
    }

    /// Prints the pieces of a line; the answer is how many cells they took.
    fn pieces(&self, page: &mut Page, pieces: &[Piece], row: &Row, inline: bool) -> io::Result<usize> {
        let mut used = 0;
        for piece in pieces {
            let text = self.words(piece, row, inline);
            used += width::cells(&text);
            page.write(&text, ink(*piece))?;
        }
        Ok(used)
    }

    /// The words of a piece, in brackets where it differs and the brackets are wanted.
    fn words(&self, piece: &Piece, row: &Row, bracketed: bool) -> String {
        let words = width::flat(piece.span.of(&self.articles[piece.side].text)).into_owned();
        let differs = matches!(piece.paint, Paint::Differs(_) | Paint::Extra) && !matches!(row.kind, RowKind::Omitted | RowKind::Added);
        let blank = if piece.spaced { " " } else { "" };
        match (differs && bracketed, piece.side) {
            (false, _) => format!("{blank}{words}"),
            (true, 0) => format!("{blank}[-{words}-]"),
            (true, _) => format!("{blank}{{+{words}+}}"),
        }
    }

    /// Prints the lines of a row without colours. The brackets need room, so the row is wrapped anew with them.
    fn bracketed(&self, page: &mut Page, lines: &[Line], column: usize) -> io::Result<()> {
        let row = &self.collation.rows[lines[0].row];
        let inline = matches!(lines[0].body, Body::Inline(_));
        let columns = [0, 1].map(|side| {
            let pieces = lines.iter().map(|line| match &line.body {
                Body::Sides(sides) => &sides[side][..],
                Body::Inline(pieces) if side == 0 => &pieces[..],
                _ => &[],
            });
            // A line may be broken behind a hyphen, but not behind that of a bracket.
            let strung: String = self.whole(pieces).iter().map(|piece| self.words(piece, row, true).replace("[-", "[\u{2011}")).collect();
            let lines = width::wrap(&strung, Span::new(0, strung.len()), column, 0);
            lines.into_iter().map(|line| line.of(&strung).replace("[\u{2011}", "[-")).collect::<Vec<_>>()
        });
        for n in 0..columns[0].len().max(columns[1].len()) {
            let text = |side: usize| columns[side].get(n).map_or("", String::as_str);
            let sign = sign(&Line { first: n == 0, ..lines[0].clone() }, row, self.levels);
            let line = if inline {
                format!("{sign} {}", text(0))
            } else {
                let fill = " ".repeat(column.saturating_sub(width::cells(text(0))));
                format!("{}{fill} {} {}", text(0), if sign == " " { "│" } else { sign }, text(1))
            };
            page.write(line.trim_end(), Ink::Plain)?;
            page.end()?;
        }
        Ok(())
    }

    /// The pieces of a row as they were before its lines were broken.
    fn whole<'p>(&self, lines: impl Iterator<Item = &'p [Piece]>) -> Vec<Piece> {
        let mut whole: Vec<Piece> = Vec::new();
        for (n, piece) in lines.flat_map(|line| line.iter().enumerate()) {
            match whole.last_mut() {
                Some(last)
                    if (last.side, last.edit, last.paint) == (piece.side, piece.edit, piece.paint) && self.only_blank(last, piece) =>
                {
                    last.span.end = piece.span.end;
                }
                Some(_) if n == 0 => whole.push(Piece { spaced: true, ..*piece }),
                _ => whole.push(*piece),
            }
        }
        whole
    }

    /// Whether nothing but white space lies between two pieces of one side.
    fn only_blank(&self, last: &Piece, next: &Piece) -> bool {
        let raw = &self.articles[last.side].text;
        last.span.end <= next.span.start && raw[last.span.end..next.span.start].trim().is_empty()
    }
}

/// Whether a line shows sentences.
fn is_text(line: &Line) -> bool {
    matches!(line.body, Body::Sides(_) | Body::Inline(_))
}

fn ink(piece: Piece) -> Ink {
    let (own, deep) = if piece.side == 0 { (Ink::Left, Ink::LeftDeep) } else { (Ink::Right, Ink::RightDeep) };
    match piece.paint {
        Paint::Plain => Ink::Plain,
        Paint::Quiet => Ink::Quiet,
        Paint::Dressed | Paint::Shared => Ink::Under,
        Paint::Differs(Level::Form) | Paint::Flagged => Ink::Under,
        Paint::Differs(Level::Substance) => deep,
        Paint::Differs(_) | Paint::Extra | Paint::Alone => own,
    }
}

/// The sign of a row, on its first line; on every line of a row that one side alone has.
fn sign(line: &Line, row: &Row, levels: Levels) -> &'static str {
    match row.kind {
        RowKind::Omitted => "−",
        RowKind::Added => "+",
        _ if !line.first => " ",
        _ if row.moved => "⇄",
        _ if !row.flags.is_empty() => "!",
        _ if !row.is_same_at(levels) => "~",
        _ => " ",
    }
}

fn label(why: Folded, sentences: usize) -> String {
    fold_label(why, sentences, ["the left", "the right"])
}
