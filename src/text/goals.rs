//! Texts of exam dates: the form, the forecast, the plan.
