//! An exam that is today or tomorrow: what to study and what to say.

use super::Goals;
use crate::app::core::Core;
use crate::app::figures::ExamToday;
use crate::app::scope::{SessionKind, SessionOffer};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::forecast::Forecast;
use crate::domain::goal::Goal;
use crate::domain::goal::session_workload::{SessionWorkload, whole_minutes};
use crate::text::goals::ImminentOutlook;
use crate::text::{self, words};

/// The hours from which and until which an evening is called "tonight".
const TONIGHT_HOURS: (i8, i8) = (17, 4);

/// An exam that is today or tomorrow.
#[derive(Clone, Debug)]
pub struct ImminentExam<'a> {
    /// Its index in the settings.
    pub goal_index: usize,
    /// The exam's goal.
    pub goal: &'a Goal,
    /// The title of its deck.
    pub deck: &'a str,
    /// The forecast of today; `None` until it is computed.
    pub forecast: Option<&'a Forecast>,
    /// What is to be studied today.
    pub today: &'a ExamToday,
    /// Whether the exam is today.
    pub is_today: bool,
    /// The session for the exam.
    study: SessionOffer,
    /// A review of its weakest cards.
    weakest: SessionOffer,
}

impl Goals {
    /// The next exam, if it is today or tomorrow and has cards.
    pub fn imminent_exam<'a>(&'a self, core: &'a Core, today: StudyDay) -> Option<ImminentExam<'a>> {
        self.imminent_exam_at(core, Self::next_exam(core, today)?.0, today)
    }

    /// The exam at an index of the settings, if it is today or tomorrow and has cards.
    pub fn imminent_exam_at<'a>(
        &'a self,
        core: &'a Core,
        at: usize,
        today: StudyDay,
    ) -> Option<ImminentExam<'a>> {
        let goal = core.settings.goals.get(at)?;
        let deck = &core.library.deck(&goal.deck)?.deck.title;
        if goal.is_over(today) || goal.days_left(today) > 1 {
            return None;
        }
        let forecast = self.forecast(at).filter(|forecast| forecast.day == today);
        if forecast.is_some_and(|forecast| forecast.total.cards == 0) {
            return None;
        }
        let exam_today = core.figures.exams.get(at)?;
        Some(ImminentExam {
            goal_index: at,
            goal,
            deck,
            forecast,
            today: exam_today,
            is_today: !goal.is_ahead(today),
            study: Self::session_for(core, goal),
            weakest: SessionOffer {
                scope: Self::goal_scope(core, goal),
                kind: SessionKind::Weakest(exam_today.weakest_review.cards),
            },
        })
    }
}

impl ImminentExam<'_> {
    /// The session on offer: the one for the exam, or a review of the weakest cards when nothing else is
    /// left.
    pub fn session(&self) -> &SessionWorkload {
        if self.offers_weakest_review() { &self.today.weakest_review } else { &self.today.session }
    }

    /// Whether the session on offer is a review of the weakest cards.
    pub fn offers_weakest_review(&self) -> bool {
        self.today.session.cards == 0
    }

    /// The session on offer, to be started; `None` if nothing is left.
    pub fn primary(&self) -> Option<SessionOffer> {
        let offer = if self.offers_weakest_review() { &self.weakest } else { &self.study };
        (self.session().cards > 0).then(|| offer.clone())
    }

    /// "Study for it: 62 cards, about 55 minutes"
    pub fn label(&self) -> String {
        match self.session_size() {
            Some(size) => text::goals::verb_with_size(self.verb(), &size),
            None => self.verb().to_owned(),
        }
    }

    /// "Study for it"
    pub fn verb(&self) -> &'static str {
        let session = self.session();
        match (self.offers_weakest_review(), session.new_cards) {
            (true, 0) => text::goals::WEAKEST_ONCE_MORE,
            (true, new) if new < session.cards => text::goals::WEAKEST_THEN_NEW,
            _ => text::goals::STUDY_FOR_IT,
        }
    }

    /// "62 cards, about 55 minutes"; `None` until there is a forecast, because the size depends on its plan.
    pub fn session_size(&self) -> Option<String> {
        self.forecast.map(|_| text::goals::session_size(self.session()))
    }

    /// "Your exam is tomorrow"
    pub fn title(&self, now: &Moment) -> &'static str {
        text::goals::imminent_title(self.is_today || now.stamp.local().0 >= self.goal.exam)
    }

    /// "Chemistry. Studying tonight brings you from 41 % to about 66 % (57–74 %)."
    pub fn description(&self, now: &Moment) -> String {
        let name = if self.goal.name == text::goals::DEFAULT_NAME { self.deck } else { &self.goal.name };
        let name = words::excerpt(name);
        let Some(forecast) = self.forecast else { return text::goals::imminent_waiting(&name) };
        let outlook = match (self.offers_weakest_review(), self.is_today) {
            (false, _) => ImminentOutlook::Studying,
            (true, true) if self.today.weakest_review.cards > 0 => ImminentOutlook::Weakest,
            (true, true) => ImminentOutlook::AllDone,
            (true, false) => ImminentOutlook::DoneForToday,
        };
        let without = forecast.total.without_study.expected;
        text::goals::imminent_description(&name, outlook, self.when(now), without, &forecast.expected())
    }

    /// "tonight" in the evening, "now" on the day of the exam, else "today".
    pub fn when(&self, now: &Moment) -> &'static str {
        let (date, hour) = now.stamp.local();
        match hour {
            _ if date >= self.goal.exam => text::goals::NOW,
            hour if hour >= TONIGHT_HOURS.0 || hour < TONIGHT_HOURS.1 => text::goals::TONIGHT,
            _ => text::goals::TODAY,
        }
    }

    /// Whether the target can be reached, and if not, what comes closest.
    pub fn target_outlook(&self, now: &Moment) -> Option<String> {
        let forecast = self.forecast?;
        let planned = forecast.plan.as_ref()?;
        let (target, when) = (self.goal.target_percent, self.when(now));
        let minutes_left =
            |minutes: u32| whole_minutes((f64::from(minutes) * 60.0 - self.today.spent_seconds).max(0.0));
        if planned.reaches_target {
            return Some(text::goals::enough_for(target));
        }
        if let Some(enough) = planned.plan.enough_minutes {
            return Some(text::goals::would_take(target, minutes_left(enough), when));
        }
        let morning = forecast.total.after_weakest_review.unwrap_or(forecast.expected());
        let (most, reaches) = match &planned.closest {
            Some(nearest) => (minutes_left(nearest.minutes_a_day), nearest.score.expected),
            None => (self.today.session.minutes(), morning.expected),
        };
        let in_the_morning = whole_minutes(forecast.weakest_review_seconds);
        let study = text::goals::evening_and_morning(most, in_the_morning, when);
        let is_now = when == text::goals::NOW;
        Some(match study {
            None => text::goals::cannot_be_reached(target, is_now, None),
            Some(study) if words::rounded_percent(reaches) >= u32::from(target) => {
                text::goals::takes(target, &study)
            }
            Some(study) if self.goal.minutes_a_day.is_some() => text::goals::without_limit(&study, reaches),
            Some(study) => text::goals::cannot_be_reached(target, is_now, Some((&study, reaches))),
        })
    }
}
