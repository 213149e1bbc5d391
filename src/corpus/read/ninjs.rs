//! IPTC ninjs 1, 2 and 3: news in JSON, where headlines, bodies and descriptions may be lists of forms of one text.

use super::json::words;
use super::told::{Told, day, plain};
use super::{Parts, markup};
use serde_json::{Map, Value};

/// The keys of a text.
const TEXTS: [&str; 4] = ["bodies", "body_text", "body_xhtml", "body_html"];

/// Whether a key is one of a text.
pub(super) fn is_text(key: &str) -> bool {
    TEXTS.contains(&key)
}

/// Whether an object is a ninjs item.
pub(super) fn is_item(record: &Map<String, Value>) -> bool {
    let has = |key: &str| record.contains_key(key);
    let is_told = || TEXTS.iter().any(|key| has(key)) || has("descriptions") || record.keys().any(|key| is_description(key));
    has("uri") && (has("versioncreated") || is_told())
}

/// Whether a key is one of a description of version 1: whoever sends an item may call it by a name of their own.
fn is_description(key: &str) -> bool {
    key.starts_with("description_")
}

/// The article of an item. Of a picture or a film it is what the description says.
pub(super) fn parts(item: &Map<String, Value>) -> Parts {
    let field = |key: &str| item.get(key).and_then(|told| words(told, ", "));
    let first = |keys: &[&str]| keys.iter().find_map(|key| field(key));
    let dates = ["versioncreated", "contentcreated", "firstcreated"];
    let body = body(item).or_else(|| description(item)).unwrap_or_default();
    let told = Told {
        id: field("uri"),
        headline: form(item, "headline").or_else(|| field("title")),
        byline: first(&["byline", "by"]),
        dateline: field("dateline"),
        body,
        credit: credit(item),
        date: first(&dates).and_then(|stamp| day(&stamp)),
        outlet: first(&["copyrightholder", "infosource", "infosources"]),
        language: field("language"),
    };
    told.parts()
}

/// Whose copy it is.
pub(super) fn credit(item: &Map<String, Value>) -> Option<String> {
    let line = forms(item, "descriptions").find(|form| has_role(form, &["creditline", "credit"])).and_then(|form| words(form, " "));
    let field = |key: &&str| item.get(*key).and_then(|told| words(told, ", "));
    line.or_else(|| ["creditline", "infosource", "infosources", "copyrightholder"].iter().find_map(field))
}

fn body(item: &Map<String, Value>) -> Option<String> {
    let value = |key: &str| item.get(key).and_then(|told| words(told, "\n\n"));
    let listed = || {
        let of_kind =
            |plainly: bool| forms(item, "bodies").find(move |form| is_plain(form) == plainly).and_then(|form| words(form, "\n\n"));
        of_kind(true).map(|told| plain(&told)).or_else(|| of_kind(false).map(|told| markup::text(&told)))
    };
    let marked_up = || value("body_xhtml").or_else(|| value("body_html")).map(|told| markup::text(&told));
    value("body_text").map(|told| plain(&told)).or_else(listed).or_else(marked_up)
}

/// What is said of a picture, all but its credits.
fn description(item: &Map<String, Value>) -> Option<String> {
    let value = |key: &str| item.get(key).and_then(|told| words(told, "\n\n")).map(|told| plain(&told));
    let listed = || {
        let of = forms(item, "descriptions").find(|form| !has_role(form, &["creditline", "credit", "writer"]))?;
        words(of, "\n\n").map(|told| plain(&told))
    };
    let named = || item.keys().filter(|key| is_description(key)).find_map(|key| value(key));
    value("description_text").or_else(listed).or_else(named)
}

/// The main form of a text that may be a list of forms under its plural.
fn form(item: &Map<String, Value>, key: &str) -> Option<String> {
    let plural = format!("{key}s");
    let main = || forms(item, &plural).find(|form| has_role(form, &["main"])).or_else(|| forms(item, &plural).next());
    item.get(key).or_else(main).and_then(|told| words(told, " ")).map(|told| plain(&told))
}

fn forms<'a>(item: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a Value> {
    item.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn has_role(form: &Value, roles: &[&str]) -> bool {
    form["role"].as_str().is_some_and(|role| roles.contains(&role))
}

fn is_plain(form: &Value) -> bool {
    form["contenttype"].as_str().map_or_else(|| has_role(form, &["text"]), |kind| kind.starts_with("text/plain"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(item: &Value) -> Parts {
        parts(item.as_object().unwrap())
    }

    #[test]
    fn items_of_version_1_have_one_text_of_each_form() {
        let told = read(&json!({
            "uri": "urn:lake:1", "versioncreated": "2031-03-07T10:00:00Z", "language": "en", "byline": "Ada Lund", "headline": "A pact",
            "body_text": "Two towns.", "body_xhtml": "<p>Other</p>", "infosource": [{ "name": "Lake Wire" }],
        }));
        assert_eq!(told.text, "A pact\n\nAda Lund\n\nTwo towns.\n\nLake Wire");
        assert_eq!((told.id.as_deref(), told.language.as_deref()), (Some("urn:lake:1"), Some("en")));
        let picture = json!({ "uri": "urn:lake:3", "description_caption_xhtml": "<p>The lake.</p>" });
        assert!(is_item(picture.as_object().unwrap()));
        assert_eq!(read(&picture).text, "The lake.");
        assert_eq!(told.date, Some(jiff::civil::date(2031, 3, 7)));
    }

    #[test]
    fn items_of_later_versions_have_lists() {
        let item = json!({
            "uri": "urn:lake:2", "by": "Ada Lund",
            "headlines": [{ "role": "short", "value": "Pact" }, { "role": "main", "value": "A pact" }],
            "bodies": [{ "contenttype": "text/html", "value": "<p>Two</p><p>towns</p>" }, { "contenttype": "text/plain", "value": "Two towns." }],
            "descriptions": [{ "role": "creditline", "value": "Lake Wire" }, { "role": "caption", "value": "The lake." }],
        });
        assert_eq!(read(&item).text, "A pact\n\nAda Lund\n\nTwo towns.\n\nLake Wire");
        let mut picture = item.clone();
        picture["bodies"] = json!([]);
        assert_eq!(read(&picture).text, "A pact\n\nAda Lund\n\nThe lake.\n\nLake Wire");
    }
}
