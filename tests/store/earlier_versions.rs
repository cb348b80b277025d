//! Names that are on disk or are read by other programs never change, and what an earlier version wrote opens.

mod earlier_data;
mod snapshot;
mod stored_names;
