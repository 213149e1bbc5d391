//! The colour of the terminal's background: asked for at the start, and taken from the answer whenever that comes.
//!
//! The question is xterm's OSC 11. A terminal that does not know it stays mute, so nothing ever waits for the answer. It comes
//! in between the keys, as `ESC ] 11;rgb:RRRR/GGGG/BBBB` and a terminator, which the event reader takes for keys: this filter
//! takes them out again.

use crossterm::event::{Event, KeyCode, KeyModifiers};

/// The question.
pub(super) const QUESTION: &str = "\x1b]11;?\x1b\\";

/// What the filter makes of an event.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sifted {
    /// No part of an answer.
    Pass(Vec<Event>),
    /// A part of an answer that is not complete yet.
    Held,
    /// The end of an answer: whether the background is light.
    Told(Option<bool>),
}

/// Takes answers out of the stream of events.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    held: Vec<Event>,
    answer: Option<String>,
}

/// No answer is longer.
const LONGEST: usize = 40;

impl Sieve {
    pub(super) fn sift(&mut self, event: Event) -> Sifted {
        let (character, modifiers) = match &event {
            Event::Key(key) => match key.code {
                KeyCode::Char(c) => (c, key.modifiers),
                _ => return self.pass(event),
            },
            _ => return self.pass(event),
        };
        let alt = modifiers.contains(KeyModifiers::ALT);
        match &mut self.answer {
            None if alt && character == ']' => {
                self.answer = Some(String::new());
                self.held.push(event);
                Sifted::Held
            }
            None => Sifted::Pass(vec![event]),
            Some(answer) if (alt && character == '\\') || (modifiers.contains(KeyModifiers::CONTROL) && character == 'g') => {
                let light = is_light(answer);
                *self = Sieve::default();
                Sifted::Told(light)
            }
            Some(answer) if answer.len() < LONGEST => {
                answer.push(character);
                self.held.push(event);
                if is_answer(self.answer.as_deref().unwrap_or("")) { Sifted::Held } else { self.give_up() }
            }
            Some(_) => self.pass(event),
        }
    }

    fn pass(&mut self, event: Event) -> Sifted {
        let mut events = std::mem::take(&mut self.held);
        self.answer = None;
        events.push(event);
        Sifted::Pass(events)
    }

    fn give_up(&mut self) -> Sifted {
        self.answer = None;
        Sifted::Pass(std::mem::take(&mut self.held))
    }
}

/// Whether a text is the beginning of an answer.
fn is_answer(text: &str) -> bool {
    const LEAD: &str = "11;rgb:";
    let color = text.strip_prefix(LEAD).or_else(|| text.strip_prefix("11;rgba:"));
    LEAD.starts_with(text) || "11;rgba:".starts_with(text) || color.is_some_and(|c| c.chars().all(|c| c.is_ascii_hexdigit() || c == '/'))
}

/// Whether the colour of an answer is light, by its luma (ITU-R BT.601).
fn is_light(answer: &str) -> Option<bool> {
    let color = answer.split_once(':')?.1;
    let parts: Vec<f32> = color
        .split('/')
        .filter_map(|hex| Some(f32::from(u16::from_str_radix(hex, 16).ok()?) / (16_f32.powi(i32::try_from(hex.len()).ok()?) - 1.0)))
        .collect();
    let [r, g, b, ..] = parts[..] else { return None };
    Some(0.299 * r + 0.587 * g + 0.114 * b > 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyEvent;

    fn key(c: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    fn answer(color: &str) -> Vec<Event> {
        let body = format!("11;rgb:{color}");
        let letters = body.chars().map(|c| key(c, KeyModifiers::NONE));
        std::iter::once(key(']', KeyModifiers::ALT)).chain(letters).chain([key('\\', KeyModifiers::ALT)]).collect()
    }

    #[test]
    fn answers_are_taken_out_and_keys_go_through() {
        for (color, light) in [("ffff/ffff/ffff", true), ("0000/0000/0000", false), ("ff/f0/e0", true), ("1d1d/2020/2626", false)] {
            let mut sieve = Sieve::default();
            let last = answer(color).into_iter().map(|event| sieve.sift(event)).last();
            assert_eq!(last, Some(Sifted::Told(Some(light))), "{color}");
            assert_eq!(sieve.sift(key('j', KeyModifiers::NONE)), Sifted::Pass(vec![key('j', KeyModifiers::NONE)]));
        }
    }

    #[test]
    fn what_only_begins_like_an_answer_comes_back() {
        let mut sieve = Sieve::default();
        assert_eq!(sieve.sift(key(']', KeyModifiers::ALT)), Sifted::Held);
        let both = vec![key(']', KeyModifiers::ALT), key('j', KeyModifiers::NONE)];
        assert_eq!(sieve.sift(key('j', KeyModifiers::NONE)), Sifted::Pass(both));
    }
}
