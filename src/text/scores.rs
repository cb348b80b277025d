//! Texts of the scores: the table, the charts, a topic.
