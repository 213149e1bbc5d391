//! Names of fields: those that records of news usually have, and those that the reader gives them.

use serde_json::{Map, Value};

/// What a field of a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The body.
    Text,
    /// The headline.
    Headline,
    /// The day of publication.
    Date,
    /// Who printed it.
    Outlet,
    /// What it is known by elsewhere.
    Id,
    /// The language of it.
    Language,
    /// Who wrote it.
    Byline,
    /// Whose copy it is.
    Credit,
}

impl Field {
    /// All of them.
    pub const ALL: [Field; 8] =
        [Field::Text, Field::Headline, Field::Date, Field::Outlet, Field::Id, Field::Language, Field::Byline, Field::Credit];

    /// What the reader calls it.
    pub fn name(self) -> &'static str {
        match self {
            Field::Text => "text",
            Field::Headline => "headline",
            Field::Date => "date",
            Field::Outlet => "outlet",
            Field::Id => "id",
            Field::Language => "language",
            Field::Byline => "byline",
            Field::Credit => "credit",
        }
    }

    /// What records usually call it, the surest name first.
    fn usual(self) -> &'static [&'static str] {
        match self {
            Field::Text => {
                &["text", "body", "body_text", "maintext", "content", "content_text", "full_text", "article", "body_html", "content_html"]
            }
            Field::Headline => &["headline", "title", "name"],
            Field::Date => &[
                "date",
                "published",
                "versioncreated",
                "date_publish",
                "date_published",
                "publication_date",
                "published_at",
                "publishedat",
                "pubdate",
                "firstcreated",
                "created",
                "timestamp",
            ],
            Field::Outlet => &["outlet", "source", "publisher", "publication", "source_domain", "domain", "site", "url"],
            Field::Id => &["id", "uri", "guid", "uuid"],
            Field::Language => &["language", "lang"],
            Field::Byline => &["byline", "author", "authors", "by", "creator"],
            Field::Credit => &["creditline", "credit", "agency"],
        }
    }
}

/// The names that the reader gave to fields of records, beside the usual ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Fields(Vec<(Field, String)>);

impl Fields {
    /// Names that were given: they go before the usual ones.
    pub fn new(given: Vec<(Field, String)>) -> Self {
        Fields(given)
    }

    /// What a record may call a field, the surest name first.
    pub(super) fn names(&self, field: Field) -> impl Iterator<Item = &str> {
        let given = self.0.iter().filter(move |(of, _)| *of == field).map(|(_, name)| name.as_str());
        given.chain(field.usual().iter().copied())
    }

    /// Whether a name is one of a field's.
    pub(super) fn is(&self, field: Field, name: &str) -> bool {
        self.names(field).any(|known| known.eq_ignore_ascii_case(name.trim()))
    }

    /// The value of a field, of its surest name that has one.
    pub(super) fn value<'a>(&self, record: &'a Map<String, Value>, field: Field) -> Option<&'a Value> {
        let alike = |name: &str| record.iter().find(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value);
        let of = |name: &str| record.get(name).or_else(|| alike(name));
        self.names(field).filter_map(of).find(|value| !is_blank(value))
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_blank),
        Value::Object(record) => record.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn given_names_go_before_usual_ones_and_blank_values_count_for_nothing() {
        let record = json!({ "Title": "A pact", "body": "", "content": "Two towns.", "story": "Three towns." });
        let record = record.as_object().unwrap();
        let usual = Fields::default();
        assert_eq!(usual.value(record, Field::Headline), Some(&json!("A pact")));
        assert_eq!(usual.value(record, Field::Text), Some(&json!("Two towns.")));
        assert_eq!(usual.value(record, Field::Date), None);
        let given = Fields::new(vec![(Field::Text, String::from("story"))]);
        assert_eq!(given.value(record, Field::Text), Some(&json!("Three towns.")));
        assert!(given.is(Field::Text, "Story") && !usual.is(Field::Text, "story"));
    }
}
