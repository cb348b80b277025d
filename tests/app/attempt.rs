//! The promises of tests: the same code gives the same test, nothing of one is lost, and its report is what was answered.

mod crashes;
mod drawing;
mod folding;
mod handing_in;
mod keeping;
mod moved;
mod reports;
mod sitting;
mod slips;
