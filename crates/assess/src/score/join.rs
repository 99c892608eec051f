//! Outside and inside as one: how much the runs weigh beside the reference class, and how far what
//! comes of it is drawn toward even odds, both learnt from questions whose answer is known, each
//! judged without its own episode.

use case::question::{Answer, Question, QuestionKind, QuestionSet};
use serde::Serialize;
use theory::Fault;
use theory::pooling::{
    log_odds_pool, quantile_pool, recalibrated, recalibration_slope, share_mean,
};

use super::{Forecast, GradeError, grade};

/// How much the runs weigh in a joined forecast.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Weight {
    /// The weight of the runs; the outside view has the rest.
    pub inside: f64,
    /// From how many questions it was learnt.
    pub questions: usize,
}

/// How far a yes-or-no forecast is drawn toward even odds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Slope {
    /// What its log odds are multiplied by, in \[0, 1\].
    pub slope: f64,
    /// From how many forecasts of this case it was learnt.
    pub own: usize,
    /// From how many of other cases.
    pub others: usize,
}

/// A yes-or-no question with the views joined.
pub(super) struct Pooled<'q> {
    pub question: &'q Question,
    pub said: f64,
}

/// A question with both views.
pub(super) struct Both<'q> {
    pub question: &'q Question,
    pub inside: Forecast,
    pub outside: Forecast,
}

/// A pool of the two views: log odds for yes or no, quantiles for numbers; names by their log
/// shares.
///
/// # Errors
/// As the pools have it.
pub(super) fn join(inside: &Forecast, outside: &Forecast, weight: f64) -> Result<Forecast, Fault> {
    let weights = [weight, 1.0 - weight];
    match (inside, outside) {
        (Forecast::Probability(i), Forecast::Probability(o)) => {
            Ok(Forecast::Probability(log_odds_pool(&[*i, *o], &weights)?))
        }
        (Forecast::Points(i), Forecast::Points(o)) => {
            Ok(Forecast::Points(quantile_pool(&[i, o], &weights)?))
        }
        _ => Ok(outside.clone()),
    }
}

/// The weight of the runs for a question, from the others.
///
/// Mechanism: the posterior mean of w under an even prior on 0..1, over a grid of 41: of yes or no
/// by the likelihood `product p_i(w)` of what came true under the pool, of numbers by `product 1 /
/// CRPS_i(w)`, the generalised posterior of the loss ln CRPS (`bissiri2016`), which asks for no
/// unit. Only development questions of the same kind are learnt from, and none of the question's
/// own episode. With none of them the weight is one half.
///
/// # Errors
/// [`GradeError`], of a truth that is no answer.
///
/// Checked by two forecasters of whom one is always right, and by a simulated mixture.
pub(super) fn weight(of: &Question, all: &[Both<'_>]) -> Result<Weight, GradeError> {
    let others: Vec<&Both<'_>> = all
        .iter()
        .filter(|b| b.question.kind == of.kind && b.question.set == QuestionSet::Development)
        .filter(|b| b.question.truth.is_some() && b.question.together() != of.together())
        .collect();
    let inside = share_mean(|w| {
        let mut log = 0.0;
        for both in &others {
            let Some(truth) = &both.question.truth else { continue };
            let said = join(&both.inside, &both.outside, w)?;
            let graded = grade(both.question, &said, truth)?;
            log -= match of.kind {
                QuestionKind::Number => graded.crps.unwrap_or(1.0).max(f64::MIN_POSITIVE).ln(),
                _ => graded.log.unwrap_or(0.0),
            };
        }
        Ok::<f64, GradeError>(log)
    })?;
    Ok(Weight { inside, questions: others.len() })
}

/// How far the forecast of a question is drawn toward even odds.
///
/// Mechanism: [`recalibration_slope`] over the joined forecasts of development questions of other
/// episodes whose answer is known, of this case (`all`) and of other cases on record
/// ([`reference::record`]) that was public before the question's date.
///
/// # Errors
/// [`GradeError`], of a truth that is no answer or a forecast that is certain.
///
/// Checked by a planted overconfidence.
pub(super) fn slope(of: &Question, all: &[Pooled<'_>], country: &str) -> Result<Slope, GradeError> {
    let (mut said, mut came) = (Vec::new(), Vec::new());
    for pooled in all {
        let question = pooled.question;
        let other = question.together() != of.together();
        if !other || question.set != QuestionSet::Development {
            continue;
        }
        if let Some(truth) = question.truth.as_ref().and_then(Answer::number) {
            said.push(pooled.said);
            came.push(truth > 0.5);
        }
    }
    let own = said.len();
    for past in reference::record().map_err(GradeError::Record)? {
        if past.country != country && past.known < of.as_of {
            said.push(past.said);
            came.push(past.came);
        }
    }
    let others = said.len() - own;
    Ok(Slope { slope: recalibration_slope(&said, &came)?, own, others })
}

/// A forecast drawn toward even odds.
pub(super) fn drawn(forecast: Forecast, slope: f64) -> Result<Forecast, Fault> {
    match forecast {
        Forecast::Probability(p) => Ok(Forecast::Probability(recalibrated(p, slope)?)),
        other => Ok(other),
    }
}
