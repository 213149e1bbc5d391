//! What leaves the program: a text for the clipboard, a file for the reader's editor.

use super::layout::Pane;
use super::task::Request;
use super::{App, clean, rows};

impl App {
    pub(super) fn copy(&mut self) -> Vec<Request> {
        let text = match self.focus {
            Pane::Corpus => self.current().map(|article| self.listing.entries[article].path.display().to_string()),
            Pane::Article => self
                .reader
                .sentence()
                .zip(self.reader.article.as_ref())
                .map(|(s, article)| clean(article.parsed.sentences[s].span.of(&article.text))),
            Pane::Difference => self.row_text(),
            Pane::Variants | Pane::Story => self.readings_text(),
            Pane::Check => self.check_text(),
        };
        let Some(text) = text else { return Vec::new() };
        self.notice = Some(format!("copied: {}", crate::text::width::clipped(&text.replace('\n', " · "), 60)));
        vec![Request::Copy(text)]
    }

    /// Both sides of the row under the cursor, each under its letter.
    pub(super) fn row_text(&self) -> Option<String> {
        let (pair, row) = (self.parallel.pair.as_ref()?, self.parallel.row()?);
        let side = |side: usize| {
            let span = rows::span_of(pair.sides()[side], row.sentences(side))?;
            Some(format!("{}: {}", self.label(pair.indices[side]), clean(span.of(&pair.articles[side].text))))
        };
        Some([side(0), side(1)].into_iter().flatten().collect::<Vec<_>>().join("\n"))
    }

    /// What an article is called above a column: its letter and its name.
    pub fn label(&self, article: usize) -> String {
        let name = self.listing.name(article);
        self.listing.letter(article).map_or_else(|| name.clone(), |letter| format!("{letter} {name}"))
    }

    pub(super) fn edit(&mut self) -> Vec<Request> {
        let Some(article) = self.current() else { return Vec::new() };
        let entry = self.listing.entries[article].clone();
        let checked = || self.checked.as_ref().zip(self.check.sentence()).filter(|_| self.focus == Pane::Check);
        if let Some((checked, sentence)) = checked() {
            return vec![Request::Edit { entry, offset: checked.article.parsed.sentences[sentence].span.start }];
        }
        let offset = self
            .reader
            .article
            .as_ref()
            .filter(|_| self.reader.shown == Some(article))
            .and_then(|a| Some(a.parsed.sentences.get(self.reader.sentence()?)?.span.start));
        vec![Request::Edit { entry, offset: offset.unwrap_or(0) }]
    }
}
