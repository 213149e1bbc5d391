//! Colours, attributes and signs: one table of roles for dark and light backgrounds, for 16 colours and for none.
//!
//! Left is orange and right is blue, which people who cannot tell red from green can tell apart. No meaning is carried by
//! colour alone: signs and attributes say the same. The background of the terminal is left as it is.

use crate::app::rows::Paint;
use crate::collate::Level;
use ratatui::style::{Color, Modifier, Style};

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Red, green and blue of 8 bits each.
    True,
    /// The 256 colours of xterm.
    Indexed,
    /// The 16 colours that the reader chose.
    Sixteen,
    /// None: the reader set `NO_COLOR`.
    None,
}

/// What the terminal can show and what the reader asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// How many colours there are.
    pub depth: Depth,
    /// Whether signs and frames are of ASCII alone.
    pub ascii: bool,
}

/// What a cell is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Plain text.
    Text,
    /// A headline, a heading.
    Strong,
    /// Page furniture, figures beside the point.
    Quiet,
    /// The frame of a pane that does not have the keys.
    Frame,
    /// The frame of the pane that has.
    Active,
    /// The line under the cursor, in the pane that has the keys.
    Cursor,
    /// The same in another pane.
    Resting,
    /// The mark of the line under the cursor.
    Bar,
    /// What only the left has.
    Left,
    /// What only the right has.
    Right,
    /// A change of substance on the left.
    LeftDeep,
    /// A change of substance on the right.
    RightDeep,
    /// The difference that the walk stands at.
    Here,
    /// A sentence that is told elsewhere.
    Moved,
    /// A flag.
    Flag,
    /// What a search found.
    Hit,
    /// A key in the footer and in the help.
    Key,
    /// Something to tell the reader, and a query.
    Notice,
    /// What an editor accepted.
    Accepted,
    /// A share of less than a quarter.
    HeatLeast,
    /// A share of less than a half.
    HeatLess,
    /// A share of less than three quarters.
    HeatMore,
    /// A share of more.
    HeatMost,
}

impl Role {
    /// The grounds of shares, by quarters.
    pub const HEATS: [Role; 4] = [Role::HeatLeast, Role::HeatLess, Role::HeatMore, Role::HeatMost];
}

/// One row of the table: foreground and background for dark and for light, 16-colour names for both, attributes with colour and without.
struct Shade {
    role: Role,
    dark: (u32, u32),
    light: (u32, u32),
    named: (Color, Color),
    with: Modifier,
    without: Modifier,
}

/// No colour of its own.
const NO: u32 = u32::MAX;
const PLAIN: Modifier = Modifier::empty();
const BOLD: Modifier = Modifier::BOLD;

const fn shade(role: Role, dark: (u32, u32), light: (u32, u32), named: (Color, Color), with: Modifier, without: Modifier) -> Shade {
    Shade { role, dark, light, named, with, without }
}

#[rustfmt::skip]
const SHADES: &[Shade] = &[
    shade(Role::Text,      (NO, NO),             (NO, NO),             (Color::Reset, Color::Reset),        PLAIN, PLAIN),
    shade(Role::Strong,    (NO, NO),             (NO, NO),             (Color::Reset, Color::Reset),        BOLD,  BOLD),
    shade(Role::Quiet,     (0x89_93a0, NO),      (0x6a_727c, NO),      (Color::DarkGray, Color::DarkGray),  PLAIN, Modifier::DIM),
    shade(Role::Frame,     (0x4f_5965, NO),      (0xb4_bbc3, NO),      (Color::DarkGray, Color::Gray),      PLAIN, Modifier::DIM),
    shade(Role::Active,    (0xb9_c4d0, NO),      (0x46_5160, NO),      (Color::Gray, Color::Black),         PLAIN, PLAIN),
    shade(Role::Cursor,    (NO, 0x2b_333d),      (NO, 0xe6_ebf1),      (Color::Reset, Color::Reset),        BOLD,  BOLD),
    shade(Role::Resting,   (NO, 0x23_2930),      (NO, 0xf0_f3f6),      (Color::Reset, Color::Reset),        PLAIN, PLAIN),
    shade(Role::Bar,       (0xe8_c46a, NO),      (0x9a_6a00, NO),      (Color::Yellow, Color::Magenta),     BOLD,  BOLD),
    shade(Role::Left,      (0xf2_a65e, NO),      (0xa6_4b00, NO),      (Color::Yellow, Color::Red),         PLAIN, BOLD),
    shade(Role::Right,     (0x78_b7f5, NO),      (0x0a_58b5, NO),      (Color::LightBlue, Color::Blue),     PLAIN, BOLD),
    shade(Role::LeftDeep,  (0xff_c48a, 0x4d_3117), (0x8f_3d00, 0xff_e2c8), (Color::LightYellow, Color::Red), BOLD, Modifier::REVERSED),
    shade(Role::RightDeep, (0xa6_d2ff, 0x17_3552), (0x06_489a, 0xd6_e8ff), (Color::LightCyan, Color::Blue),  BOLD, Modifier::REVERSED),
    shade(Role::Here,      (NO, NO),             (NO, NO),             (Color::Reset, Color::Reset),        Modifier::REVERSED, Modifier::from_bits_truncate(Modifier::REVERSED.bits() | Modifier::BOLD.bits())),
    shade(Role::Moved,     (0xc7_a0f0, NO),      (0x6f_3aa8, NO),      (Color::LightMagenta, Color::Magenta), PLAIN, PLAIN),
    shade(Role::Flag,      (0xff_7b72, NO),      (0xb4_1220, NO),      (Color::LightRed, Color::Red),       BOLD,  BOLD),
    shade(Role::Hit,       (0x1d_2026, 0xf0_d264), (0x1d_2026, 0xff_dd57), (Color::LightGreen, Color::Green), PLAIN, Modifier::from_bits_truncate(Modifier::REVERSED.bits() | Modifier::UNDERLINED.bits())),
    shade(Role::Key,       (0xe8_c46a, NO),      (0x8a_5d00, NO),      (Color::Yellow, Color::Magenta),     PLAIN, BOLD),
    shade(Role::HeatLeast, (0x89_93a0, NO),      (0x6a_727c, NO),      (Color::DarkGray, Color::DarkGray),  PLAIN, Modifier::DIM),
    shade(Role::HeatLess,  (NO, 0x1d_2c3d),      (NO, 0xe3_eef9),      (Color::Reset, Color::Reset),        PLAIN, PLAIN),
    shade(Role::HeatMore,  (NO, 0x23_4468),      (NO, 0xb9_d6f2),      (Color::LightBlue, Color::Blue),     PLAIN, BOLD),
    shade(Role::HeatMost,  (0xff_ffff, 0x2d_6199), (0x10_1418, 0x84_b5e6), (Color::LightCyan, Color::Blue),   BOLD,  Modifier::REVERSED),
    shade(Role::Accepted,  (0x7e_c699, NO),      (0x1a_7f37, NO),      (Color::LightGreen, Color::Green),   BOLD,  BOLD),
    shade(Role::Notice,    (0xe8_c46a, NO),      (0x8a_5d00, NO),      (Color::Yellow, Color::Magenta),     BOLD,  BOLD),
];

/// A look on a background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// What the terminal can show.
    pub look: Look,
    /// Whether the background is light.
    pub light: bool,
}

impl Theme {
    /// The style of a role.
    pub fn style(self, role: Role) -> Style {
        let Some(shade) = SHADES.iter().find(|s| s.role == role) else { return Style::new() };
        let (fg, bg) = if self.light { shade.light } else { shade.dark };
        let mut style = Style::new();
        match self.look.depth {
            Depth::None => return style.add_modifier(shade.without),
            Depth::Sixteen => {
                let named = if self.light { shade.named.1 } else { shade.named.0 };
                style = if named == Color::Reset { style } else { style.fg(named) };
                if role == Role::Hit {
                    style = style.add_modifier(Modifier::REVERSED);
                }
            }
            Depth::True | Depth::Indexed => {
                style = self.color(fg).map_or(style, |c| style.fg(c));
                style = self.color(bg).map_or(style, |c| style.bg(c));
            }
        }
        style.add_modifier(shade.with)
    }

    fn color(self, rgb: u32) -> Option<Color> {
        let [_, r, g, b] = rgb.to_be_bytes();
        match self.look.depth {
            _ if rgb == NO => None,
            Depth::True => Some(Color::Rgb(r, g, b)),
            _ => Some(Color::Indexed(nearest(r, g, b))),
        }
    }

    /// The style of a piece of text of one side. In one column, what goes is struck out and what comes is underlined.
    pub fn paint(self, paint: Paint, side: usize, inline: bool) -> Style {
        let own = if side == 0 { Role::Left } else { Role::Right };
        let deep = if side == 0 { Role::LeftDeep } else { Role::RightDeep };
        let tracked = match (inline, side) {
            (false, _) => PLAIN,
            (true, 0) => Modifier::CROSSED_OUT,
            (true, _) => Modifier::UNDERLINED,
        };
        match paint {
            Paint::Plain => self.style(Role::Text),
            Paint::Quiet => self.style(Role::Quiet),
            Paint::Alone => self.style(own).remove_modifier(BOLD),
            Paint::Extra => self.style(own).add_modifier(BOLD | tracked),
            Paint::Shared => self.style(Role::Text).add_modifier(Modifier::UNDERLINED),
            Paint::Dressed => self.style(Role::Text).add_modifier(Modifier::UNDERLINED),
            Paint::Differs(Level::Form) => self.style(Role::Text).add_modifier(if inline { tracked } else { Modifier::UNDERLINED }),
            Paint::Differs(Level::Wording) => self.style(own).add_modifier(tracked),
            Paint::Differs(Level::Substance) => self.style(deep).add_modifier(tracked),
            Paint::Flagged => self.style(Role::Flag).add_modifier(Modifier::UNDERLINED),
        }
    }

    /// The style of a piece in the article pane, where the text is to be read first: only lines under it. Coloured lines would
    /// need a sequence that older terminals take for other attributes.
    pub fn underline(self, paint: Paint, side: usize) -> Style {
        let own = if side == 0 { Role::Left } else { Role::Right };
        let line = Style::new().add_modifier(Modifier::UNDERLINED);
        match paint {
            Paint::Differs(Level::Substance) | Paint::Flagged => line.patch(self.style(own)),
            Paint::Differs(_) | Paint::Extra => line,
            Paint::Plain | Paint::Quiet | Paint::Dressed | Paint::Alone | Paint::Shared => Style::new(),
        }
    }

    /// A line of a drawn tree, in one cell.
    pub fn line(self, c: char) -> &'static str {
        match (c, self.look.ascii) {
            ('│', false) => "│",
            ('├', false) => "├",
            ('└', false) => "└",
            ('│', true) => "|",
            ('├', true) => "+",
            ('└', true) => "`",
            _ => " ",
        }
    }

    /// The sign for something, in one cell.
    pub fn sign(self, sign: Sign) -> &'static str {
        let (plain, ascii) = sign.shapes();
        if self.look.ascii { ascii } else { plain }
    }
}

/// The nearest of xterm's 256 colours: its cube of 6 × 6 × 6, or its greys.
fn nearest(r: u8, g: u8, b: u8) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = |v: u8| (0..6_u8).min_by_key(|&i| STEPS[usize::from(i)].abs_diff(v)).unwrap_or(0);
    let far = |x: (u8, u8, u8)| u32::from(x.0.abs_diff(r)).pow(2) + u32::from(x.1.abs_diff(g)).pow(2) + u32::from(x.2.abs_diff(b)).pow(2);
    let (i, j, k) = (step(r), step(g), step(b));
    let cube = (STEPS[usize::from(i)], STEPS[usize::from(j)], STEPS[usize::from(k)]);
    let grey = (0..24_u8).min_by_key(|&n| far((8 + 10 * n, 8 + 10 * n, 8 + 10 * n))).unwrap_or(0);
    let shade = 8 + 10 * grey;
    if far((shade, shade, shade)) < far(cube) { 232 + grey } else { 16 + 36 * i + 6 * j + k }
}

/// The signs of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the table below shows them")]
pub enum Sign {
    Open,
    Closed,
    Bar,
    Omitted,
    Added,
    Moved,
    Flag,
    Marked,
    Edited,
    Middle,
    Thumb,
    Tick,
    Dot,
    Arrow,
    Accepted,
    Query,
    Error,
    Note,
}

impl Sign {
    fn shapes(self) -> (&'static str, &'static str) {
        match self {
            Sign::Open => ("▾", "v"),
            Sign::Closed => ("▸", ">"),
            Sign::Bar => ("▌", ">"),
            Sign::Omitted => ("−", "-"),
            Sign::Added => ("+", "+"),
            Sign::Moved => ("⇄", "%"),
            Sign::Flag => ("⚑", "!"),
            Sign::Marked => ("●", "*"),
            Sign::Edited => ("~", "~"),
            Sign::Middle => ("│", "|"),
            Sign::Thumb => ("▐", "#"),
            Sign::Tick => ("▪", "="),
            Sign::Dot => ("·", "-"),
            Sign::Arrow => ("→", "->"),
            Sign::Accepted => ("✓", "v"),
            Sign::Query => ("?", "?"),
            Sign::Error => ("✗", "x"),
            Sign::Note => ("†", "\""),
        }
    }
}

/// The corners and lines of a frame: four corners clockwise from the upper left, the horizontal and the vertical line.
pub fn frame(look: Look) -> [&'static str; 6] {
    if look.ascii { ["+", "+", "+", "+", "-", "|"] } else { ["┌", "┐", "┘", "└", "─", "│"] }
}
