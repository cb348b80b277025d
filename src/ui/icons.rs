//! Code points of the icon font in `assets/icons/`: in plane 15, because the text font uses the lower private area
//! itself.

/// `sun`
pub const TODAY: char = '\u{f0178}';
/// `chart-no-axes-column`
pub const SCORES: char = '\u{f0068}';
/// `sliders-horizontal`
pub const SETTINGS: char = '\u{f029a}';
/// `check`
pub const CHECK: char = '\u{f006c}';
/// `x`
pub const CROSS: char = '\u{f01b2}';
/// `arrow-up-right`
pub const EXTERNAL: char = '\u{f004d}';
/// `contrast`
pub const PARTLY: char = '\u{f009d}';
/// `arrow-up`
pub const UP: char = '\u{f004a}';
/// `arrow-down`
pub const DOWN: char = '\u{f0042}';
/// `lightbulb`
pub const HINT: char = '\u{f01c2}';
/// `minus`
pub const LESS: char = '\u{f011c}';
/// `plus`
pub const MORE: char = '\u{f013d}';
/// `triangle-alert`
pub const PROBLEM: char = '\u{f0193}';
/// `info`
pub const INFO: char = '\u{f00f9}';
/// `gallery-vertical-end`
pub const DECKS: char = '\u{f04d2}';
/// `arrow-left`
pub const BACK: char = '\u{f0048}';
/// `pencil`
pub const EDIT: char = '\u{f01f9}';
/// `trash-2`
pub const DELETE: char = '\u{f018e}';
/// `chevron-down`
pub const OPEN: char = '\u{f006d}';
/// `lock`
pub const LOCKED: char = '\u{f010b}';
/// `search`
pub const SEARCH: char = '\u{f0151}';
/// `file-text`
pub const FILE: char = '\u{f00cc}';
