//! Events that are older than they may be.

use firstvalue_model::time::{DAY, Millis};
use firstvalue_store::AppendError;

use crate::deed;
use crate::product::{Product, PublishError};

/// Events that are taken out at once: clients wait no longer than that takes.
const AT_ONCE: u32 = 2_000;

/// Takes out the old events of a product.
pub(crate) async fn forget_old(product: &Product, now: Millis) -> Result<(), PublishError> {
    let Some(days) = product.keep_days else {
        return Ok(());
    };
    let moment = now.saturating_sub(Millis::from(days) * DAY);
    // Whole days, so that everything is decided anew once a day and not each hour.
    let moment = moment - moment.rem_euclid(DAY);
    let mut forgotten = 0;
    let end = loop {
        match product.store.forget_before(moment, AT_ONCE).await {
            Ok(0) => break Ok(()),
            Ok(events) => forgotten += events,
            // Clients come first.
            Err(AppendError::Busy) => tokio::time::sleep(std::time::Duration::from_secs(1)).await,
            Err(error) => break Err(error.into()),
        }
    };
    // What is gone counts no more, also when not all that is due could go.
    if forgotten > 0 {
        product.decide_anew().await?;
        let deed = deed::retention(now, days, forgotten);
        product.store.note(deed).await?;
    }
    end
}
