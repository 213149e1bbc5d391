//! The terminal taken and given back: raw mode, alternate screen, mouse, paste and cursor, whatever happens.

use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use std::io::{self, BufWriter, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the terminal is ours now, so that it is given back once and only once.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// What is drawn on: standard output, buffered so that a frame is one write.
pub(super) type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// Takes the terminal, and wipes its screen: one that has no other screen to turn to would show what was there between the words.
pub fn take() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(io::stdout(), EnterAlternateScreen, Clear(ClearType::All), EnableMouseCapture, EnableBracketedPaste, cursor::Hide)
}

/// Gives the terminal back as it was found. Called twice it does nothing more; called without a terminal it is silent.
pub fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // Each step is tried although another fails: a terminal half given back is no terminal.
    let mut out = io::stdout();
    let _ =
        execute!(out, EndSynchronizedUpdate, DisableBracketedPaste, DisableMouseCapture, ResetColor, LeaveAlternateScreen, cursor::Show);
    let _ = disable_raw_mode();
    let _ = out.flush();
}

/// Gives the terminal back when it goes out of scope, an error on its way included.
#[derive(Debug)]
pub struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Makes a panic of any thread give the terminal back before it is told, and end the program: what is on the screen cannot be trusted then.
pub fn guard_panics() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        give_back();
        told(panic);
        std::process::exit(101);
    }));
}

/// A screen to draw on.
pub(super) fn screen() -> io::Result<Screen> {
    Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout())))
}

/// Draws one frame; the terminal shows it whole or not at all.
pub(super) fn frame(screen: &mut Screen, draw: impl FnOnce(&mut ratatui::Frame)) -> io::Result<()> {
    queue!(screen.backend_mut(), BeginSynchronizedUpdate)?;
    screen.draw(draw)?;
    execute!(screen.backend_mut(), EndSynchronizedUpdate)
}

/// Makes the next frame draw every cell. The screen's own `clear` would ask the terminal where its cursor is and wait for the
/// answer, which the keyboard thread reads and a mute terminal never gives.
pub(super) fn forget(screen: &mut Screen) -> io::Result<()> {
    let size = screen.size()?;
    screen.resize(size.into())
}
