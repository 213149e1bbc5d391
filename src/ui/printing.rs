//! Writes reports that were asked for on the screen.

use crate::app::printing::{Printed, Printing, Subject};
use crate::collate::{Level, VERBATIM_RUN, check};
use crate::corpus::Article;
use crate::report::desk::{self, Format, Report, WriteError, write_new, write_over};
use crate::report::ledger::Wanted;
use crate::report::{Edition, Proof};
use std::sync::Arc;

/// Writes a report; what is there already is overwritten only where that was allowed.
pub fn print(printing: &Printing) -> Printed {
    let Printing { path, over, .. } = printing;
    let Some(format) = Format::of(path) else {
        return Printed::Refused(format!("{}: a report ends in .html, .md or .json", path.display()));
    };
    let text = text(printing, format);
    let written = if *over { write_over(path, &text) } else { write_new(path, &text) };
    match written {
        Ok(()) => Printed::Written(path.clone()),
        Err(WriteError::Exists(path)) => Printed::Exists(path),
        Err(error) => Printed::Refused(error.to_string()),
    }
}

/// The whole report. Its articles have letters of their own, in the order in which it lists them.
fn text(printing: &Printing, format: Format) -> String {
    let (marks, wanted) = (&*printing.marks, &Wanted::default());
    match &printing.subject {
        Subject::Check(checked) => {
            let sources = owned(&checked.origins);
            let sides: Vec<_> = sources.iter().map(Article::side).collect();
            let check = check::check(checked.article.side(), &sides, VERBATIM_RUN);
            let proof = Proof { rewrite: &checked.article, sources: &sources, check: &check, run: VERBATIM_RUN };
            Report { subject: desk::Subject::Check(proof), marks, wanted }.printed(format)
        }
        Subject::Story(versions) => {
            let articles = owned(&versions.articles);
            let edition = Edition { articles: &articles, apparatus: &versions.apparatus, lowest: Level::Wording, flags_only: false };
            Report { subject: desk::Subject::Story(edition, &versions.lineage), marks, wanted }.printed(format)
        }
    }
}

fn owned(articles: &[Arc<Article>]) -> Vec<Article> {
    articles.iter().map(|article| (**article).clone()).collect()
}
