//! A program in a pseudo-terminal: keys go in, and the screen that a person would see comes out.

use filedescriptor::FileDescriptor;
use portable_pty::{Child, CommandBuilder, NativePtySystem, PtySize, PtySystem};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::fd::OwnedFd;
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, Termios, Winsize, tcgetattr, tcsetwinsize};
use std::ffi::OsStr;
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use vt100::{Callbacks, MouseProtocolMode, Parser, Screen};

/// How long anything may take before a test gives up. Nothing waits this long unless something is wrong.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

/// Between two looks at something that tells of no change by itself.
const PAUSE: Duration = Duration::from_millis(5);

/// A program that runs in a pseudo-terminal of its own.
pub(crate) struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Arc<OwnedFd>>,
    /// The reader thread ends when this is dropped.
    bell: Option<OwnedFd>,
    reader: Option<JoinHandle<()>>,
    shown: Arc<Shown>,
    /// The modes of the terminal before the program could change them.
    before: Termios,
}

/// What the program has written so far, as the terminal shows it.
struct Shown {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    parser: Parser<Frames>,
    bytes: usize,
    paused: bool,
    ended: bool,
}

/// Whether a frame has begun that is not complete yet: a terminal shows none of it until then, and no test may look at it.
#[derive(Default)]
struct Frames {
    is_open: bool,
}

impl Callbacks for Frames {
    fn unhandled_csi(&mut self, _: &mut Screen, first: Option<u8>, _: Option<u8>, parameters: &[&[u16]], verb: char) {
        if first == Some(b'?') && parameters == [[2026]] {
            self.is_open = verb == 'h';
        }
    }
}

/// The binary under test with these arguments, and an environment that is the same on every machine.
pub(crate) fn variorum<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> CommandBuilder {
    let mut command = program(env!("CARGO_BIN_EXE_variorum"));
    command.args(args);
    command
}

/// A home in which nothing is, so that nobody's own settings matter.
pub(crate) const HOME: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/home");

/// Any program in that environment.
pub(crate) fn program(name: impl AsRef<OsStr>) -> CommandBuilder {
    let mut command = CommandBuilder::new(name);
    for variable in ["COLORFGBG", "COLORTERM", "EDITOR", "NO_COLOR", "VISUAL"] {
        command.env_remove(variable);
    }
    command.env("HOME", HOME);
    command.env("XDG_CONFIG_HOME", HOME);
    // Nothing can be kept there, so that no test begins where another ended.
    command.env("XDG_STATE_HOME", "/dev/null");
    command.env("XDG_CACHE_HOME", "/dev/null");
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    command
}

/// A script for `sh`, in which `"$VARIORUM"` is the binary under test.
pub(crate) fn shell(script: &str) -> CommandBuilder {
    let mut command = program("sh");
    command.args(["-c", script]);
    command.env("VARIORUM", env!("CARGO_BIN_EXE_variorum"));
    command
}

impl Pty {
    /// Starts a program in a terminal of `columns` × `rows`.
    pub(crate) fn open(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pair = NativePtySystem::default().openpty(PtySize { rows, cols: columns, ..PtySize::default() }).expect("a pseudo-terminal");
        // The pair's own reader cannot be woken while it blocks, and its own writer types an end of file when it is dropped.
        let raw = pair.master.as_raw_fd().expect("a file descriptor");
        let master = Arc::new(OwnedFd::from(FileDescriptor::dup(&raw).and_then(|held| held.as_file()).expect("a second hold")));
        let before = tcgetattr(&master).expect("the modes of the terminal");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let state = State {
            parser: Parser::new_with_callbacks(cells(rows), cells(columns), 0, Frames::default()),
            bytes: 0,
            paused: false,
            ended: false,
        };
        let shown = Arc::new(Shown { state: Mutex::new(state), changed: Condvar::new() });
        let (rung, bell) = rustix::pipe::pipe().expect("a pipe");
        let reader = {
            let (master, shown) = (master.clone(), shown.clone());
            thread::spawn(move || shown.follow(&master, &rung))
        };
        Pty { child, master: Some(master), bell: Some(bell), reader: Some(reader), shown, before }
    }

    /// Starts the binary under test in a terminal of 200 × 50, which has room for all three panes.
    pub(crate) fn variorum<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Self {
        Pty::open(variorum(args), 200, 50)
    }

    fn master(&self) -> &OwnedFd {
        self.master.as_ref().expect("the terminal was not hung up")
    }

    /// Types keys, or whatever else a terminal sends.
    pub(crate) fn send(&self, keys: impl AsRef<[u8]>) {
        let mut rest = keys.as_ref();
        while !rest.is_empty() {
            let written = rustix::io::write(self.master(), rest).expect("the terminal takes keys");
            rest = &rest[written..];
        }
    }

    /// Gives the terminal another size. It may be one of no cells, as terminals have that nobody told theirs.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.shown.lock().parser.set_size(cells(rows), cells(columns));
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(self.master(), size).expect("the terminal takes its size");
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, signal: Signal) {
        let id = self.child.process_id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?)).expect("a process");
        kill_process(id, signal).expect("the program is there");
    }

    /// Stops reading what the program writes, as a terminal does whose line is dead, or goes on.
    pub(crate) fn pause(&self, paused: bool) {
        self.shown.lock().paused = paused;
        self.shown.changed.notify_all();
    }

    /// Closes the terminal, as its window does when it is closed.
    pub(crate) fn hang_up(&mut self) {
        self.bell = None;
        self.pause(false);
        if let Some(reader) = self.reader.take() {
            reader.join().expect("the reader thread ends");
        }
        self.master = None;
    }

    /// Waits until the screen is as wanted; `wanted` says how, for the message of a failure.
    pub(crate) fn wait_until(&self, wanted: &str, is_so: impl Fn(&Screen) -> bool) {
        let until = Instant::now() + DEADLINE;
        let mut state = self.shown.lock();
        while state.is_torn() || !is_so(state.parser.screen()) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || state.ended {
                let told = if state.ended { "the program closed the terminal" } else { "the time is over" };
                let screen = state.parser.screen().contents();
                drop(state);
                panic!("waited for {wanted}, but {told}; on the screen:\n{screen}");
            }
            state = self.shown.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits until a text is on the screen.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(&format!("“{text}”"), |screen| screen.contents().contains(text));
    }

    /// Waits until a text is on the screen no more.
    pub(crate) fn wait_without(&self, text: &str) {
        self.wait_until(&format!("no “{text}”"), |screen| !screen.contents().contains(text));
    }

    /// Waits until the program has written more than `bytes`.
    pub(crate) fn wait_beyond(&self, bytes: usize) {
        let state = self.shown.lock();
        let (state, wait) =
            self.shown.changed.wait_timeout_while(state, DEADLINE, |s| s.bytes <= bytes).unwrap_or_else(PoisonError::into_inner);
        let screen = state.parser.screen().contents();
        drop(state);
        assert!(!wait.timed_out(), "nothing more was written; on the screen:\n{screen}");
    }

    /// How many bytes the program has written.
    pub(crate) fn bytes(&self) -> usize {
        self.shown.lock().bytes
    }

    /// What the screen says.
    pub(crate) fn contents(&self) -> String {
        self.screen(Screen::contents)
    }

    /// Waits until one line of the screen has all these texts.
    pub(crate) fn wait_for_line(&self, texts: &[&str]) {
        self.wait_until(&format!("a line with {texts:?}"), |screen| {
            screen.contents().lines().any(|line| texts.iter().all(|text| line.contains(text)))
        });
    }

    /// Looks at the screen.
    pub(crate) fn screen<T>(&self, look: impl Fn(&Screen) -> T) -> T {
        let state = self.shown.lock();
        let (state, _) = self.shown.changed.wait_timeout_while(state, DEADLINE, |s| s.is_torn()).unwrap_or_else(PoisonError::into_inner);
        look(state.parser.screen())
    }

    /// Whether the program has not ended yet.
    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("the program can be asked for").is_none()
    }

    /// Waits until the program has ended and all that it wrote is on the screen; answers its exit code.
    pub(crate) fn wait_exit(&mut self) -> u32 {
        let until = Instant::now() + DEADLINE;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("the program can be asked for") {
                break status;
            }
            assert!(Instant::now() < until, "the program did not end; on the screen:\n{}", self.contents());
            thread::sleep(PAUSE);
        };
        assert_eq!(status.signal(), None, "the program was ended by a signal that it did not catch; on the screen:\n{}", self.contents());
        if self.master.is_some() {
            let state = self.shown.lock();
            drop(self.shown.changed.wait_timeout_while(state, DEADLINE, |s| !s.ended));
        }
        status.exit_code()
    }

    /// Waits until the terminal is as the program found it: its own screen, cursor, mouse and paste, and the modes of its line.
    pub(crate) fn wait_given_back(&self) {
        if !self.shown.lock().ended {
            self.wait_until("a terminal that was given back", is_given_back);
        }
        let (told, screen) =
            self.screen(|screen| (is_given_back(screen), format!("{}{}", screen.input_mode_formatted().escape_debug(), screen.contents())));
        assert!(told, "the terminal was not given back:\n{screen}");
        let until = Instant::now() + DEADLINE;
        while !self.is_line_as_before() {
            assert!(Instant::now() < until, "the line is still raw; on the screen:\n{}", self.contents());
            thread::sleep(PAUSE);
        }
    }

    /// Whether the line of the terminal has the modes that it had before the program ran, and a person can type in it.
    fn is_line_as_before(&self) -> bool {
        let modes = |t: &Termios| (t.input_modes, t.output_modes, t.control_modes, t.local_modes);
        let now = tcgetattr(self.master()).expect("the modes of the terminal");
        modes(&now) == modes(&self.before) && now.local_modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }
}

impl Drop for Pty {
    /// A test that fails leaves no program behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
        self.hang_up();
        let _ = self.child.wait();
    }
}

impl State {
    /// Whether the screen is half of one frame and half of another.
    fn is_torn(&self) -> bool {
        self.parser.callbacks().is_open && !self.ended && !self.paused
    }
}

impl Shown {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows what the program writes, until nobody can write any more or the bell's other end is gone.
    fn follow(&self, master: &OwnedFd, bell: &OwnedFd) {
        let mut buffer = [0; 1 << 16];
        while is_readable(master, bell) {
            let Ok(count @ 1..) = rustix::io::read(master, &mut buffer) else { break };
            let mut state = self.lock();
            state.parser.process(&buffer[..count]);
            state.bytes += count;
            self.changed.notify_all();
            while state.paused {
                state = self.changed.wait_timeout(state, PAUSE).unwrap_or_else(PoisonError::into_inner).0;
            }
        }
        self.lock().ended = true;
        self.changed.notify_all();
    }
}

/// Waits until there is something to read; answers false when the bell rings.
fn is_readable(master: &OwnedFd, bell: &OwnedFd) -> bool {
    loop {
        let mut ready = [PollFd::new(master, PollFlags::IN), PollFd::new(bell, PollFlags::IN)];
        match poll(&mut ready, None) {
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return false,
            Ok(_) => return ready[1].revents().is_empty(),
        }
    }
}

fn is_given_back(screen: &Screen) -> bool {
    let modes = screen.alternate_screen() || screen.hide_cursor() || screen.bracketed_paste();
    !modes && screen.mouse_protocol_mode() == MouseProtocolMode::None
}

/// The screen that is kept has at least one cell, also where the terminal says that it has none.
fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN)
}
