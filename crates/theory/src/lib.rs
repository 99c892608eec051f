//! Published models of elections, power, coalitions and influence as pure functions

/// Who gives way to whom: from weighted means to the spatial model of politics.
pub mod bargaining;
