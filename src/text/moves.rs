//! Texts of progress that moves to another question.
