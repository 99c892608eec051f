//! Documents read into spans, mentions, events and quantities, with a store
