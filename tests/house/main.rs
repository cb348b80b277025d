//! The rules about the source itself: which layer may know which, that one module writes files, that no name stands for
//! two types, that colours stand in the themes, that what is linked may be linked and is told, that the versions named
//! in several files agree, and that what the pages name exists.

#![allow(clippy::expect_used, clippy::panic, reason = "a test ends where it cannot go on, and says so")]

mod layers;
mod licences;
mod names;
mod pages;
mod source;
mod versions;
