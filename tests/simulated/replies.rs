//! What somebody gives for an answer, right or wrong.

use linchpin::domain::grade::right_answer;
use linchpin::domain::ids::CardKey;
use linchpin::domain::seed::seed_of;
use linchpin::domain::simulate::Reply;
use linchpin::domain::task::{Form, Response, Task};
use rand::{Rng, RngExt};

/// How often a wrong pick is the one that this learner always confuses.
const CONFUSED: f64 = 0.6;
/// How often who does not know says so, where an answer would have to be written.
const GIVES_UP: f64 = 0.3;

/// The response to a task.
pub fn response(task: &Task, reply: Reply, key: &CardKey, chance: &mut impl Rng) -> Response {
    let right = right_answer(task);
    if reply.right || matches!(task.form, Form::Reveal { .. }) {
        return right;
    }
    let gives_up = !reply.knew && chance.random::<f64>() < GIVES_UP;
    match (&task.form, right) {
        (Form::Bool { right }, _) => Response::Bool(!right),
        (Form::Pick { options, many: false }, _) => {
            let wrong: Vec<usize> = (0..options.len()).filter(|index| !options[*index].right).collect();
            Response::Picks(vec![confused(&wrong, |index| options[index].text.as_str(), key, chance)])
        }
        (Form::Pick { options, many: true }, Response::Picks(mut picks)) => {
            let wrong: Vec<usize> = (0..options.len()).filter(|index| !options[*index].right).collect();
            picks[0] = confused(&wrong, |index| options[index].text.as_str(), key, chance);
            picks.sort_unstable();
            Response::Picks(picks)
        }
        (_, _) if gives_up => Response::GaveUp,
        (Form::Number { value, within, .. }, _) => {
            let off = (within + 1.0) * f64::from(chance.random_range(1..4u8));
            Response::Text(format!("{}", value + off))
        }
        (Form::Date { value, within_days, .. }, _) => {
            let days = i64::from(*within_days) + chance.random_range(1..90);
            Response::Text(value.saturating_add(jiff::Span::new().days(days)).to_string())
        }
        (Form::Gaps { .. }, Response::Gaps(mut gaps)) => {
            let nth = chance.random_range(0..gaps.len());
            gaps[nth] = "something else".to_owned();
            Response::Gaps(gaps)
        }
        (Form::Arrange { .. }, Response::Arrangement(mut order)) => {
            let nth = chance.random_range(1..order.len());
            order.swap(nth - 1, nth);
            Response::Arrangement(order)
        }
        (Form::Pair { .. }, Response::Pairs(mut pairs)) => {
            let nth = chance.random_range(1..pairs.len());
            pairs.swap(nth - 1, nth);
            Response::Pairs(pairs)
        }
        (Form::Bins { bins, .. }, Response::Bins(mut placed)) => {
            let nth = chance.random_range(0..placed.len());
            placed[nth] = placed[nth].map(|bin| (bin + 1) % bins.len());
            Response::Bins(placed)
        }
        (_, _) => Response::Text("something else".to_owned()),
    }
}

/// One of the wrong ones: mostly the one that this card is confused with, told by its text, for they are shuffled.
fn confused<'t>(
    wrong: &[usize],
    text: impl Fn(usize) -> &'t str,
    key: &CardKey,
    chance: &mut impl Rng,
) -> usize {
    let favourite = wrong.iter().min_by_key(|index| seed_of(&format!("confused {key} {}", text(**index))));
    match favourite {
        Some(favourite) if chance.random::<f64>() < CONFUSED => *favourite,
        _ => wrong[chance.random_range(0..wrong.len())],
    }
}
