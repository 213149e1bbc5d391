//! The loop: one channel for all that can happen; everything that is there is taken in before the next frame is drawn.
//!
//! Threads read the keyboard, wait for signals, read the corpus and do tasks. None of them draws, and the loop waits for
//! nothing but the channel: no thread wakes when nothing happens.

use super::background::{QUESTION, Sieve, Sifted};
use super::indexing::{Asked, Place, keep_index};
use super::listing::{Listeners, list};
use super::{Look, draw, keys, print, terminal};
use crate::app::marks::Deciding;
use crate::app::session::Session;
use crate::app::settings::Loaded;
use crate::app::task::{Desk, Request, Slot, Task};
use crate::app::{App, Message};
use crate::corpus::notes::{Editor, Notes};
use crate::corpus::scan::Scan;
use crate::corpus::{self, Entry, read};
use anyhow::{Context, Result, bail};
use crossbeam_channel::{Receiver, Sender, unbounded};
use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::pipe::pipe;
use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::{SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH};
use signal_hook::iterator::Signals;
use std::io::{self, IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What is opened.
#[derive(Debug, Clone)]
pub enum Opening {
    /// Files and folders.
    Paths(Vec<PathBuf>, Scan),
    /// The built-in corpus.
    Demo,
}

impl Opening {
    /// What is opened, by its paths.
    fn roots(&self) -> Vec<PathBuf> {
        match self {
            Opening::Paths(roots, _) => roots.clone(),
            Opening::Demo => vec![PathBuf::from("demo")],
        }
    }

    /// Where its index is to be; that of what is in the program is not worth keeping.
    fn index(&self, folder: Option<PathBuf>) -> Place {
        let (folder, scan) = match self {
            Opening::Paths(_, scan) => (folder, scan.clone()),
            Opening::Demo => (None, Scan::default()),
        };
        Place { folder, roots: self.roots(), scan }
    }
}

/// What can happen.
#[derive(Debug)]
pub(super) enum Event {
    /// Something for the state.
    Message(Message),
    /// The terminal changed its size.
    Resized,
    /// The program was continued, perhaps by somebody else than its shell.
    Continued,
    /// A signal that ends the program, by its number.
    End(i32),
    /// The keyboard is gone.
    Closed,
}

/// How browsing ended.
#[derive(Debug)]
pub struct Ended {
    /// What the run leaves to the next.
    pub session: Session,
    /// The number of the signal that ended the program, if one did; or what went wrong.
    pub signal: Result<Option<i32>>,
}

/// How browsing begins.
#[derive(Debug)]
pub struct Start {
    /// What the screen can show.
    pub look: Look,
    /// Whether the background is light; `None` where the terminal is to tell.
    pub light: Option<bool>,
    /// The reader's settings.
    pub loaded: Loaded,
    /// What the last run left.
    pub session: Session,
    /// Who marks.
    pub editor: Editor,
    /// The folder of the index; without one it is kept in memory.
    pub index: Option<PathBuf>,
}

/// Browses until the reader quits.
pub fn run(opening: Opening, start: Start) -> Result<Ended> {
    let Start { look, light, loaded, session, editor, index } = start;
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        bail!("browsing needs a terminal on standard input and output; `variorum diff` and `variorum read` print without one");
    }
    let mut app = App::new(opening.roots(), crossterm::terminal::size().unwrap_or((80, 24)));
    app.light = light.unwrap_or(false);
    app.obey(loaded);
    app.resume(session);
    // Whether `NO_COLOR` counts is decided already; crossterm would let it count in any case.
    crossterm::style::force_color_output(true);
    terminal::guard_panics();
    let _guard = terminal::Guard;
    terminal::take().context("the terminal could not be set up")?;
    // The guard gives everything back. The screen's own end would show the cursor once more, and tell of it where that fails.
    let mut screen = ManuallyDrop::new(terminal::screen()?);
    terminal::frame(&mut screen, |frame| draw(frame, &app, look))?;
    if light.is_none() {
        write!(io::stdout(), "{QUESTION}")?;
        io::stdout().flush()?;
    }
    let signal = Loop::start(opening, look, editor, index)?.turn(&mut app, &mut screen);
    Ok(Ended { session: app.session(), signal })
}

struct Loop {
    look: Look,
    events: Receiver<Event>,
    tasks: Sender<Task>,
    /// Tasks that may take long, for a worker of their own.
    long_tasks: Sender<Task>,
    /// What is to be done to the marks, for whoever keeps them.
    decisions: Sender<Deciding>,
    /// What the index is asked for.
    index: Sender<Asked>,
    /// For threads that are started by the loop.
    told: Sender<Event>,
    gate: Arc<Gate>,
}

/// What the loop is to do after a message.
enum Next {
    GoOn,
    Redraw,
    Quit,
}

impl Loop {
    fn start(opening: Opening, look: Look, editor: Editor, folder: Option<PathBuf>) -> Result<Self> {
        let (sender, events) = unbounded();
        let (tasks, todo) = unbounded();
        let gate = Arc::new(Gate::new()?);
        spawn("keyboard", {
            let (gate, sender) = (gate.clone(), sender.clone());
            move || read_keyboard(&gate, &sender)
        })?;
        spawn("signals", {
            let (gate, signals, sender) = (gate.clone(), Signals::new(CAUGHT)?, sender.clone());
            move || wait_for_signals(&gate, signals, &sender)
        })?;
        let (long_tasks, long) = unbounded();
        for (name, todo) in [("desk", todo), ("versions", long)] {
            let sender = sender.clone();
            spawn(name, move || work(&todo, &sender))?;
        }
        let (decisions, decided) = unbounded();
        spawn("marks", {
            let (opening, sender) = (opening.clone(), sender.clone());
            move || keep_marks(&opening, &editor, &decided, &sender)
        })?;
        let (index, asked) = unbounded();
        let place = opening.index(folder);
        spawn("index", {
            let (sender, place) = (sender.clone(), place.clone());
            move || keep_index(&place, &asked, &sender)
        })?;
        let told = sender.clone();
        let listeners = Listeners { events: sender, index: index.clone(), marks: decisions.clone() };
        spawn("corpus", move || list(&opening, place.listings(), listeners))?;
        Ok(Loop { look, events, tasks, long_tasks, decisions, index, told, gate })
    }

    fn turn(self, app: &mut App, screen: &mut terminal::Screen) -> Result<Option<i32>> {
        while let Ok(first) = self.events.recv() {
            // What comes meanwhile waits for the next frame: a scan that is faster than this loop would put every frame off.
            let there = self.events.len();
            for event in std::iter::once(first).chain(self.events.try_iter().take(there)) {
                match event {
                    Event::Message(message) => match self.carry_out(app, message)? {
                        Next::GoOn => {}
                        Next::Redraw => terminal::forget(screen)?,
                        Next::Quit => return Ok(None),
                    },
                    Event::Resized => {
                        let (width, height) = crossterm::terminal::size()?;
                        app.update(Message::Resize(width, height));
                        screen.autoresize()?;
                    }
                    Event::Continued => {
                        terminal::take()?;
                        terminal::forget(screen)?;
                    }
                    Event::End(signal) => return Ok(Some(signal)),
                    Event::Closed => return Ok(None),
                }
            }
            terminal::frame(screen, |frame| draw(frame, app, self.look))?;
        }
        Ok(None)
    }

    fn carry_out(&self, app: &mut App, message: Message) -> Result<Next> {
        let mut next = Next::GoOn;
        for request in app.update(message) {
            match request {
                Request::Work(task) => {
                    let desk = if task.slot().is_long() { &self.long_tasks } else { &self.tasks };
                    desk.send(task).context("the worker is gone")?;
                }
                Request::Search(typed) => self.index.send(Asked::Words(typed)).context("whoever has the index is gone")?,
                Request::Note(deciding) => self.decisions.send(deciding).context("whoever keeps the marks is gone")?,
                // A report may take long, and a disk even longer.
                Request::Print(printing) => spawn("report", {
                    let told = self.told.clone();
                    move || drop(told.send(Event::Message(Message::Printed(print(&printing)))))
                })?,
                Request::Copy(text) => execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))?,
                Request::Edit { entry, offset } => {
                    let told = self.edit(&entry, offset);
                    terminal::take()?;
                    if let Err(trouble) = told {
                        app.update(Message::Notice(format!("{trouble:#}")));
                    }
                    next = Next::Redraw;
                }
                // Behind everything that is there: it is taken in with what comes after the next frame.
                Request::GoOn => self.told.send(Event::Message(Message::GoOn)).context("the loop is gone")?,
                Request::Suspend => {
                    self.stop()?;
                    next = Next::Redraw;
                }
                Request::Quit => return Ok(Next::Quit),
            }
        }
        Ok(next)
    }

    /// Hands the terminal to the shell until it continues the program.
    ///
    /// The signal has no handler and goes to the whole job, as the terminal sends it when a key stops a program: what stands
    /// between the shell and this program (a script, `sudo`, `time`) stops too, an editor can stop the job, and where no shell
    /// could continue it the system drops the signal.
    fn stop(&self) -> Result<()> {
        self.gate.close();
        terminal::give_back();
        kill_current_process_group(Signal::TSTP)?;
        self.gate.open();
        terminal::take()?;
        Ok(())
    }

    /// Hands the terminal to the reader's editor until that ends.
    fn edit(&self, entry: &Entry, offset: usize) -> Result<()> {
        let Some(file) = entry.file() else { bail!("{} is inside the program or packed, and has no file to edit", entry.path.display()) };
        let named = |name: &str| std::env::var(name).ok().filter(|editor| !editor.trim().is_empty());
        let editor = named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| String::from("vi"));
        let line = corpus::open(entry).map_or(1, |article| read::line_of(entry, &article, offset));
        self.gate.close();
        terminal::give_back();
        // The shell takes the variable apart, as it does for other programs: it may hold arguments.
        let status = Command::new("sh").arg("-c").arg(format!("{editor} \"$@\"")).arg(&editor).arg(format!("+{line}")).arg(file).status();
        self.gate.open();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => bail!("{editor} ended with {status}"),
            Err(error) => bail!("{editor} could not be started: {error}"),
        }
    }
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_string()).spawn(body).map(drop)
}

// --- Keyboard -------------------------------------------------------------------------------------------------------

/// Keeps the keyboard thread away from the terminal while somebody else reads it.
struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
    bell: (OwnedFd, OwnedFd),
}

#[derive(Default)]
struct GateState {
    closed: bool,
    waiting: bool,
    /// When it was opened last.
    opened: Option<Instant>,
}

impl Gate {
    fn new() -> io::Result<Self> {
        Ok(Gate { state: Mutex::default(), changed: Condvar::new(), bell: pipe()? })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, GateState> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Returns once the keyboard thread has stopped reading; one that is gone is not waited for long.
    fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        let _ = rustix::io::write(&self.bell.1, b"!");
        while !state.waiting {
            let (guard, wait) =
                self.changed.wait_timeout(state, Duration::from_millis(200)).unwrap_or_else(std::sync::PoisonError::into_inner);
            state = guard;
            if wait.timed_out() {
                break;
            }
        }
    }

    fn open(&self) {
        let mut state = self.lock();
        state.closed = false;
        state.opened = Some(Instant::now());
        drop(state);
        self.changed.notify_all();
    }

    /// Whether somebody else has the terminal, or had it a moment ago: a signal is not seen the moment it comes.
    fn was_closed(&self) -> bool {
        let state = self.lock();
        state.closed || state.opened.is_some_and(|opened| opened.elapsed() < Duration::from_secs(1))
    }

    /// Waits for a key; answers false when the keyboard is gone.
    fn wait_for_input(&self) -> bool {
        let stdin = io::stdin();
        loop {
            let mut ready = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.bell.0, PollFlags::IN)];
            match poll(&mut ready, None) {
                Err(rustix::io::Errno::INTR) => continue,
                Err(_) => return false,
                Ok(_) => {}
            }
            let (keys, bell) = (ready[0].revents(), ready[1].revents());
            if bell.contains(PollFlags::IN) {
                let _ = rustix::io::read(&self.bell.0, &mut [0; 8]);
                self.wait_until_open();
                continue;
            }
            return keys.contains(PollFlags::IN) && !keys.contains(PollFlags::HUP);
        }
    }

    fn wait_until_open(&self) {
        let mut state = self.lock();
        state.waiting = true;
        self.changed.notify_all();
        while state.closed {
            state = self.changed.wait(state).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        state.waiting = false;
    }
}

/// How long the event reader looks for more once a key was there; without any time at all it does not look. It is the reader that
/// crossterm's `use-dev-tty` chooses: the other one loses a key when it is told of a new size at the same time.
const LINGER: Duration = Duration::from_millis(1);

fn read_keyboard(gate: &Gate, sender: &Sender<Event>) {
    let mut sieve = Sieve::default();
    while gate.wait_for_input() {
        while crossterm::event::poll(LINGER).unwrap_or(false) {
            let Ok(event) = crossterm::event::read() else { break };
            let messages: Vec<Message> = match sieve.sift(event) {
                Sifted::Pass(events) => events.into_iter().filter_map(keys::message).collect(),
                Sifted::Held => Vec::new(),
                Sifted::Told(light) => light.map(Message::Background).into_iter().collect(),
            };
            for message in messages {
                if sender.send(Event::Message(message)).is_err() {
                    return;
                }
            }
        }
    }
    let _ = sender.send(Event::Closed);
}

// --- Signals --------------------------------------------------------------------------------------------------------

/// Every signal that would end the program and leave the terminal as it is, and those that tell it something. One that stops it
/// is not among them: see [`Loop::stop`].
const CAUGHT: [i32; 9] = [SIGWINCH, SIGCONT, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM];
/// How long the loop may take to end the program before the signal thread does it.
const PATIENCE: Duration = Duration::from_secs(2);

fn wait_for_signals(gate: &Gate, mut signals: Signals, sender: &Sender<Event>) {
    for signal in signals.forever() {
        // A key that interrupts the reader's editor reaches this program too, and is not meant for it.
        if matches!(signal, SIGINT | SIGQUIT) && gate.was_closed() {
            continue;
        }
        let event = match signal {
            SIGWINCH => Event::Resized,
            SIGCONT => Event::Continued,
            _ => Event::End(signal),
        };
        let ends = matches!(event, Event::End(_));
        if sender.send(event).is_err() {
            return;
        }
        if ends {
            thread::sleep(PATIENCE);
            // A terminal that takes nothing any more would hold this thread as it holds the loop.
            let _ = spawn("last", terminal::give_back);
            thread::sleep(PATIENCE);
            std::process::exit(128 + signal);
        }
    }
}

// --- Work -----------------------------------------------------------------------------------------------------------

/// Does tasks. Of those that wait, only the last of each slot is done: what it replaces nobody looks at any more.
fn work(todo: &Receiver<Task>, sender: &Sender<Event>) {
    let mut desk = Desk::default();
    let mut waiting: Vec<Task> = Vec::new();
    while let Ok(first) = todo.recv() {
        waiting.push(first);
        while !waiting.is_empty() {
            for task in todo.try_iter() {
                waiting.retain(|other| other.slot() != task.slot());
                waiting.push(task);
            }
            waiting.sort_by_key(|task| task.slot() == Slot::Likeness);
            let (task, rest) = waiting.remove(0).split();
            waiting.extend(rest);
            let message = desk.perform(task);
            if sender.send(Event::Message(message)).is_err() {
                return;
            }
        }
    }
}

/// Keeps the marks: reads them, and saves what is decided.
fn keep_marks(opening: &Opening, editor: &Editor, decided: &Receiver<Deciding>, sender: &Sender<Event>) {
    let mut notes = match opening {
        Opening::Demo => Notes::demo(editor),
        Opening::Paths(roots, _) => Notes::open(roots, editor),
    };
    let say = |message: Message| sender.send(Event::Message(message)).is_ok();
    say(Message::Marks(notes.marks()));
    if let Some(told) = notes.told().into_iter().next() {
        say(Message::Notice(told));
    }
    for deciding in decided {
        if deciding.perform(&mut notes).is_some_and(|message| !say(message)) {
            return;
        }
    }
}
