//! The widgets that screens are made of. A widget draws its arguments and returns what the user did with it.

pub mod button;
pub mod chart;
pub mod chip;
pub mod column;
pub mod field;
pub mod gauge;
pub mod image;
pub mod keycap;
pub mod label;
pub mod letter_diff;
pub mod list;
pub mod markdown;
pub mod menu_button;
pub mod notice;
pub mod row;
pub mod segmented;
pub mod stepper;
