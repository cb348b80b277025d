//! What a row says in words: to a screen reader, and under the pointer where its columns have no room.

use crate::app::scores::Column;
use crate::app::words;
use crate::domain::day::StudyDay;
use crate::domain::score::Standing;
use crate::domain::score::table::Row;
use crate::domain::score::trend::Trend;

/// One figure of a topic in words; `None` where there is none yet.
pub fn figure(column: Column, row: &Row, trend: Option<&Trend>, today: StudyDay) -> Option<String> {
    let score = &row.score;
    let accuracy = &score.accuracy;
    Some(match column {
        Column::Topic => row.key.name.clone(),
        Column::Mastery => format!("mastery {}", words::percent(score.mastery()?)),
        Column::Coverage => format!("{} of {} seen", score.seen, words::count(score.cards, "card")),
        Column::Recall => {
            let recall = score.recall_now()?;
            let slipping = if score.standing() == Standing::Slipping { ", slipping" } else { "" };
            let known = words::known(score).map_or_else(String::new, |known| format!(" ({known})"));
            format!("recall now {}{slipping}{known}", words::percent(recall))
        }
        Column::Accuracy => format!(
            "accuracy {} of {} (95\u{a0}%: {})",
            words::percent(accuracy.share()?),
            words::count(accuracy.answers, "answer"),
            words::percent_range(accuracy.interval()?)
        ),
        // Told with the accuracy.
        Column::Answers => return None,
        Column::Score => {
            format!("mean score {}, partial credit counted", words::percent(accuracy.mean_score()?))
        }
        Column::Trend => self::trend(trend?)?,
        Column::Time => format!("median answer {}", words::answer_time(row.median_ms?)),
        Column::Due => format!("{} due", score.due),
        Column::Studied => match score.last_studied {
            Some(day) => format!("last studied {}", words::days_ago(day, today)),
            None => "never studied".to_owned(),
        },
    })
}

/// "recall up 4 points in 30 days".
pub fn trend(trend: &Trend) -> Option<String> {
    let points = (trend.change()? * 100.0).round();
    Some(match points {
        points if points >= 1.0 => {
            format!("recall up {} in 30 days", words::count(points.round() as usize, "point"))
        }
        points if points <= -1.0 => {
            format!("recall down {} in 30 days", words::count((-points).round() as usize, "point"))
        }
        _ => "recall unchanged in 30 days".to_owned(),
    })
}
