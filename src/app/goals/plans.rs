//! The plans, kept from one start to the next. They can be worked out again, so they are no part of the settings,
//! which only change when the learner changes them.

use std::path::Path;

use crate::domain::goal::{ExamPlan, Goal};

const FILE: &str = "plans.ron";

/// Gives goals the plans that were made for them, whatever they were called then. What cannot be read is worked out
/// again.
pub(in crate::app) fn load_plans(goals: &mut [Goal], cache: &Path) {
    let text = std::fs::read_to_string(cache.join(FILE)).unwrap_or_default();
    let kept: Vec<(Goal, ExamPlan)> = ron::from_str(&text).unwrap_or_default();
    for goal in goals {
        let made_for = |other: &Goal| Goal { name: goal.name.clone(), ..other.clone() } == *goal;
        let plan = kept.iter().find(|(other, _)| made_for(other)).map(|(_, plan)| plan.clamped());
        goal.plan = plan;
    }
}

/// Keeps the plans of goals.
///
/// # Errors
/// When the file cannot be written; the old one stays then.
pub(super) fn save_plans(goals: &[Goal], cache: &Path) -> std::io::Result<()> {
    let plans: Vec<(&Goal, ExamPlan)> = goals.iter().filter_map(|goal| Some((goal, goal.plan?))).collect();
    let text = ron::ser::to_string_pretty(&plans, ron::ser::PrettyConfig::default())
        .map_err(std::io::Error::other)?;
    std::fs::create_dir_all(cache)?;
    // Not synced, which can take longer than a frame: half a file is as good as none.
    let beside = cache.join(format!("{FILE}.new"));
    std::fs::write(&beside, text)?;
    std::fs::rename(beside, cache.join(FILE))
}
