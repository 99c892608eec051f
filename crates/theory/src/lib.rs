//! Published models of elections, power, coalitions and influence as pure functions
