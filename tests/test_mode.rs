//! The promises of tests: the same code gives the same test, nothing of one is lost, and its report is what was answered.

#[allow(dead_code, reason = "every test file uses its own part")]
#[path = "study_flow/desk.rs"]
mod desk;
mod learner;

#[path = "test_mode/crashes.rs"]
mod crashes;
#[path = "test_mode/drawing.rs"]
mod drawing;
#[path = "test_mode/folding.rs"]
mod folding;
#[path = "test_mode/handing_in.rs"]
mod handing_in;
#[path = "test_mode/keeping.rs"]
mod keeping;
#[path = "test_mode/moved.rs"]
mod moved;
#[path = "test_mode/reports.rs"]
mod reports;
#[path = "test_mode/sitting.rs"]
mod sitting;
#[path = "test_mode/slips.rs"]
mod slips;
