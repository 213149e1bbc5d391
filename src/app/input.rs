//! Keys: which command they are, and what they do to whatever lies over the panes.

use super::command;
use super::key::{Code, Key};
use super::overlay::{self, Overlay, Prompt, Purpose, Typed};
use super::scroll::Scroll;
use super::task::Request;
use super::{App, Chord, overlay_rows};

impl App {
    pub(super) fn key(&mut self, key: Key) -> Vec<Request> {
        if self.overlay.is_some() {
            return self.overlay_key(key);
        }
        self.notice = None;
        if let Some(chord) = self.chord.take()
            && let Some(command) = self.bindings().command(&[chord.first, key])
        {
            let mut requests = self.take_back(chord);
            requests.extend(self.run(command));
            return requests;
        }
        if self.bindings().begins_chord(key) {
            let walks = [self.parallel.at, self.parallel.flag_at];
            self.chord = Some(Chord { first: key, scrolls: self.scrolls(), walks, spot: self.spot(), jumps: self.jumps.clone() });
        }
        self.bindings().command(&[key]).map_or_else(Vec::new, |command| self.run(command))
    }

    /// Undoes what the first key of a chord did. In the corpus it may have opened another article.
    fn take_back(&mut self, chord: Chord) -> Vec<Request> {
        let moved = self.tree.scroll.cursor != chord.scrolls[0].cursor;
        self.jumps = chord.jumps;
        let requests = if moved { self.go(&chord.spot) } else { Vec::new() };
        let (text, list) = (&mut self.check.text_scroll, &mut self.check.list_scroll);
        let (tree, story) = (&mut self.tree.scroll, &mut self.story.scroll);
        [*tree, self.reader.scroll, self.parallel.scroll, self.variants.scroll, *story, *text, *list] = chord.scrolls;
        [self.parallel.at, self.parallel.flag_at] = chord.walks;
        requests
    }

    pub(super) fn run(&mut self, command: &command::Command) -> Vec<Request> {
        self.touched = true;
        self.following = false;
        self.hits.stay();
        if !(command.when)(self) {
            self.notice = Some(format!("{}: not possible here", command.help));
            return Vec::new();
        }
        let here = self.spot();
        // Who moves meanwhile is not taken to a place that is still on its way.
        let (arrival, before) = (self.arrival.take(), (self.focus, self.scrolls()));
        let requests = (command.run)(self);
        if (self.focus, self.scrolls()) == before {
            self.arrival = self.arrival.or(arrival);
        }
        if !command.is_in_jump_list() {
            self.note_jump(here, command.jumps(), command.only_scrolls(), &requests);
        }
        requests
    }

    pub(super) fn overlay_key(&mut self, key: Key) -> Vec<Request> {
        match self.overlay.take() {
            Some(Overlay::Prompt(prompt)) => {
                let (here, searches) = (self.spot(), matches!(prompt.purpose, Purpose::Search(_)));
                let requests = self.prompt_key(prompt, key);
                self.note_jump(here, searches, true, &requests);
                requests
            }
            Some(Overlay::Palette(palette)) => self.palette_key(palette, key),
            Some(Overlay::Marks(list)) => self.marks_key(list, key),
            Some(Overlay::Help(scroll)) => {
                let lines = self.help_lines().len();
                self.overlay = self.list_key(scroll, lines, key).map(Overlay::Help);
                Vec::new()
            }
            Some(Overlay::Skipped(scroll)) => {
                let lines = self.listing.skipped.len();
                self.overlay = self.list_key(scroll, lines, key).map(Overlay::Skipped);
                Vec::new()
            }
            Some(Overlay::Settings(scroll)) => {
                let lines = self.settings_lines().len();
                self.overlay = self.list_key(scroll, lines, key).map(Overlay::Settings);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// A key on a list that lies over the panes; `None` closes it.
    pub(super) fn list_key(&self, mut scroll: Scroll, lines: usize, key: Key) -> Option<Scroll> {
        let height = usize::from(self.size.1).saturating_sub(4).max(1);
        let page = isize::try_from(height).unwrap_or(1);
        let by = match (key.code, key.ctrl) {
            (Code::Char('j') | Code::Down, false) => 1,
            (Code::Char('k') | Code::Up, false) => -1,
            (Code::PgDn | Code::Char(' '), false) | (Code::Char('f'), true) => page,
            (Code::PgUp, false) | (Code::Char('b'), true) => -page,
            (Code::Char('d'), true) => page / 2,
            (Code::Char('u'), true) => -page / 2,
            (Code::Char('g') | Code::Home, false) => isize::MIN / 2,
            (Code::Char('G') | Code::End, false) => isize::MAX / 2,
            _ => return None,
        };
        scroll.roll(by, lines, height);
        Some(scroll)
    }

    pub(super) fn palette_key(&mut self, mut palette: overlay::Palette, key: Key) -> Vec<Request> {
        let step = match (key.code, key.ctrl) {
            (Code::Down, _) | (Code::Char('n' | 'j'), true) => 1,
            (Code::Up, _) | (Code::Char('p' | 'k'), true) => -1,
            _ => 0,
        };
        if step != 0 {
            palette.scroll.step(step, palette.found.len(), overlay_rows(self.size.1));
            self.overlay = Some(Overlay::Palette(palette));
            return Vec::new();
        }
        match overlay::type_key(&mut palette.input, key) {
            Typed::Taken => return palette.chosen().map_or_else(Vec::new, |command| self.run(command)),
            Typed::GivenUp => return Vec::new(),
            Typed::Changed => palette.sift(),
            Typed::Nothing => {}
        }
        self.overlay = Some(Overlay::Palette(palette));
        Vec::new()
    }

    pub(super) fn prompt_key(&mut self, mut prompt: Prompt, key: Key) -> Vec<Request> {
        let typed = overlay::type_key(&mut prompt.input, key);
        match typed {
            Typed::Taken => self.take(prompt.purpose, prompt.input.value()),
            Typed::GivenUp => {
                let requests = self.preview(prompt.purpose, &prompt.before);
                if let Purpose::Search(_) = prompt.purpose {
                    self.clear_search();
                }
                requests
            }
            Typed::Changed => {
                let requests = self.preview(prompt.purpose, prompt.input.value());
                self.overlay = Some(Overlay::Prompt(prompt));
                requests
            }
            Typed::Nothing => {
                self.overlay = Some(Overlay::Prompt(prompt));
                Vec::new()
            }
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Request> {
        match self.overlay.take() {
            Some(Overlay::Prompt(mut prompt)) => {
                overlay::paste(&mut prompt.input, text);
                let requests = self.preview(prompt.purpose, prompt.input.value());
                self.overlay = Some(Overlay::Prompt(prompt));
                requests
            }
            Some(Overlay::Palette(mut palette)) => {
                overlay::paste(&mut palette.input, text);
                palette.sift();
                self.overlay = Some(Overlay::Palette(palette));
                Vec::new()
            }
            other => {
                self.overlay = other;
                Vec::new()
            }
        }
    }
}
