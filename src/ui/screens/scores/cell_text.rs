//! The cells of a topic's row as text: for screen readers, and for the tooltip that shows the columns without room.

use crate::app::scores::ScoresColumn;
use crate::app::words;
use crate::domain::day::StudyDay;
use crate::domain::score::KnowledgeLevel;
use crate::domain::score::table::TopicRow;
use crate::domain::score::trend::Trend;

/// One cell of a topic as text. `None` if there is no figure yet, or if another cell says it.
pub fn figure(
    column: ScoresColumn,
    row: &TopicRow,
    trend: Option<&Trend>,
    today: StudyDay,
) -> Option<String> {
    let score = &row.score;
    let accuracy = &score.accuracy;
    Some(match column {
        ScoresColumn::Topic => row.key.name.clone(),
        ScoresColumn::Mastery => format!("mastery {}", words::percent(score.mastery()?)),
        ScoresColumn::Coverage => format!("{} of {} seen", score.seen, words::count(score.cards, "card")),
        ScoresColumn::Recall => {
            let recall = score.recall_now()?;
            let declining =
                if score.knowledge_level() == KnowledgeLevel::Declining { ", slipping" } else { "" };
            let known = words::known_text(score).map_or_else(String::new, |known| format!(" ({known})"));
            format!("recall now {}{declining}{known}", words::percent(recall))
        }
        ScoresColumn::Accuracy => format!(
            "accuracy {} of {} (95\u{a0}%: {})",
            words::percent(accuracy.share()?),
            words::count(accuracy.answers, "answer"),
            words::percent_range(accuracy.interval()?)
        ),
        // The text of the accuracy says it.
        ScoresColumn::Answers => return None,
        ScoresColumn::Score => {
            format!("mean score {}, partial credit counted", words::percent(accuracy.mean_score()?))
        }
        ScoresColumn::Trend => self::trend(trend?)?,
        ScoresColumn::Time => format!("median answer {}", words::answer_time(row.median_ms?)),
        ScoresColumn::Due => format!("{} due", score.due),
        ScoresColumn::LastStudied => match score.last_studied {
            Some(day) => format!("last studied {}", words::days_ago(day, today)),
            None => "never studied".to_owned(),
        },
    })
}

/// "recall up 4 points in 30 days". `None` without a trend.
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
