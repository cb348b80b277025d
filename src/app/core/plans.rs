//! The exam plans, cached from one start to the next. They can be computed again, so they are not part of the
//! settings, which change only when the learner changes them.

use std::path::Path;

use crate::app::ron_file;
use crate::domain::goal::{ExamPlan, Goal};

const FILE: &str = "plans.ron";

/// Gives each goal the plan that was computed for it; renaming a goal does not matter. Goals without a
/// readable plan get `None`.
pub(in crate::app) fn load_plans(goals: &mut [Goal], cache: &Path) {
    let saved: Vec<(Goal, ExamPlan)> = ron_file::load_or_default(cache, FILE);
    for goal in goals {
        let made_for = |other: &Goal| Goal { name: goal.name.clone(), ..other.clone() } == *goal;
        let plan = saved.iter().find(|(other, _)| made_for(other)).map(|(_, plan)| plan.clamped());
        goal.plan = plan;
    }
}

/// Saves the plans of goals.
///
/// # Errors
/// When the file cannot be written; the previous one stays.
pub(in crate::app) fn save_plans(goals: &[Goal], cache: &Path) -> std::io::Result<()> {
    let plans: Vec<(&Goal, ExamPlan)> = goals.iter().filter_map(|goal| Some((goal, goal.plan?))).collect();
    ron_file::save_to_cache(cache, FILE, &plans)
}
