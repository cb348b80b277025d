//! Names on disk and in output for other programs never change, and data of an earlier version opens.

mod earlier_data;
mod snapshot;
mod stored_names;
