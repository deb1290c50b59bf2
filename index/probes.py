"""Sentences as articles have them, on which an exported model is compared with its original."""

PROBES = (
    "The conversation, reportedly initiated by Germany, comes at a politically sensitive time for Berlin.",
    "Who initiated the call?",
    "Shares of the carmaker fell 4.2 percent in early trading after it cut its forecast for the year.",
    "At least 12 people were killed and 40 others injured when a bus overturned near the border, police said.",
    "“We will not be the ones who walk away from the table,” the foreign minister told reporters on Tuesday.",
    "The storm is expected to make landfall late on Thursday between Mobile and Pensacola.",
    "When did the council approve the budget?",
    "In 1994 the two countries signed a treaty that ended four decades of hostility.",
    "Researchers at the University of Oslo found that the glacier had lost a third of its mass since 1980.",
    "The court ruled, 6-3, that the law violated the First Amendment.",
    "Inflation eased to 2.9 percent in July, its lowest level in more than three years.",
    "How many people lost their homes in the fire?",
    "She scored twice in the second half as the hosts came back to win 3-2 in front of 48,000 spectators.",
    "Hospital staff have been told to expect delays while the computer systems are restored.",
    "The company did not immediately respond to a request for comment.",
    "Why was the flight diverted?",
    "Voters in the region will go to the polls on Nov. 5 to choose a governor and fill 33 seats.",
    "The vaccine was 91% effective against severe disease in a trial of more than 30,000 volunteers.",
    "A spokesman for the ministry said the figures were wrong and would be corrected by the end of the week.",
    "Born in a village outside Lagos, the novelist moved to London at the age of nineteen.",
)
