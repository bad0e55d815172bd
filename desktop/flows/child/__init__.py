"""One child: what is known and from where, the days, the people, the Find Me card."""
