//! Names that are on disk or are read by other programs never change, and what an earlier version wrote opens.

#[path = "pins/earlier_data.rs"]
mod earlier_data;
#[path = "pins/snapshot.rs"]
mod snapshot;
#[path = "pins/stored_names.rs"]
mod stored_names;
