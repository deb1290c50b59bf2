"""Questions about the two seed articles, and the words that a right first quote holds.

Written from the articles alone, before any reader was asked them. A question that a reader gets
wrong stays as it is: it is here to be answered, not to be agreed with.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeedQuestion:
    """A question that the seeds answer.

    `answers` are words of the articles, verbatim. A quote that answers holds at least one of them.
    """

    question: str
    answers: tuple[str, ...]


ANSWERED = (
    # In other words than the article's.
    SeedQuestion("Was it Berlin or Moscow that asked for the phone call?", ("reportedly initiated by Germany",)),
    SeedQuestion("What does the chancellor want the Russian army to do?", ("withdraw Russian troops from Ukraine",)),
    SeedQuestion("What was the Ukrainian leader's opinion of the phone call?", ("Pandora's box",)),
    SeedQuestion("What conditions does Putin set for ending the war?", ("must recognize the territorial changes",)),
    SeedQuestion("How popular is the chancellor at the moment?", ("struggling in the polls",)),
    SeedQuestion("Which parties say that the chancellor does too little to end the war?", ("far-right AfD",)),
    SeedQuestion(
        "What are people afraid of if Pyongyang joins the war?",
        ("could lead to increased militarization", "could lead to a significant escalation"),
    ),
    SeedQuestion("Which bombings did Scholz complain about?", ("air strikes targeting civilian infrastructure",)),
    SeedQuestion(
        "Have the two men spoken often since the war began?",
        ("has been sporadic", "nearly two years of silence", "first direct interaction since December 2022"),
    ),
    SeedQuestion("What is the rest of the world watching for?", ("signs of potential shifts in Russia’s strategies",)),
    # Numbers and times.
    SeedQuestion("How long did the call last?", ("roughly hour-long call",)),
    SeedQuestion(
        "When did Scholz and Putin last speak before this call?",
        ("first direct interaction since December 2022", "nearly two years of silence"),
    ),
    SeedQuestion(
        "How long had the two leaders not spoken to each other?",
        ("nearly two years of silence", "first direct interaction since December 2022"),
    ),
    SeedQuestion("On which day did they talk on the phone?", ("telephone conversation on Friday",)),
    SeedQuestion("When are the elections in Germany?", ("elections approaching in February",)),
    SeedQuestion("In what year did Russia invade Ukraine?", ("since Russia's invasion in 2022",)),
    # Who.
    SeedQuestion(
        "Who is the chancellor of Germany?", ("German Chancellor Olaf Scholz", "Chancellor Scholz raised concerns")
    ),
    SeedQuestion("Who is the president of Ukraine?", ("Ukrainian President Volodymyr Zelensky",)),
    SeedQuestion("Who called the conversation a Pandora's box?", ("Zelensky referred to the call",)),
    SeedQuestion("Who does Scholz hope to talk to at the G20 summit?", ("Chinese President Xi Jinping",)),
    SeedQuestion("Whom does Putin blame for the war?", ("blamed NATO's policies",)),
    SeedQuestion(
        "Who is being kept informed about the talks?",
        ("allies, EU partners, and NATO leadership", "planned to brief him again"),
    ),
    SeedQuestion("Who revealed that the two leaders will keep talking?", ("a source within the German government",)),
    SeedQuestion(
        "Which country's soldiers might be sent to Russia?",
        (
            "North Korean servicemen may be deployed",
            "Russia's use of North Korean forces",
            "Amid North Korean Troop Deployment",
            "Condemns Deployment of North Korean Troops",
        ),
    ),
    # Where.
    SeedQuestion("Which city hosts the G20 summit?", ("G20 summit in Rio de Janeiro",)),
    SeedQuestion("Where might North Korean soldiers be sent?", ("may be deployed to Russia",)),
    SeedQuestion("Where does Scholz want to meet the Chinese president?", ("at the upcoming G20 summit",)),
    SeedQuestion("From which country should Russia pull out its troops?", ("withdraw Russian troops from Ukraine",)),
    # Why.
    SeedQuestion(
        "Why is Scholz under pressure at home?",
        ("coalition government recently collapsing", "insufficient efforts towards", "significant internal pressure"),
    ),
    SeedQuestion("Why was Zelensky unhappy about the call?", ("could undermine Putin's diplomatic isolation",)),
    SeedQuestion("Why has contact between the two leaders been so rare?", ("due to the political climate",)),
    SeedQuestion(
        "Why are relations between Germany and Russia so bad, according to Putin?",
        ("attributable to what Putin described as",),
    ),
    SeedQuestion("Why does the German government want to continue the dialogue?", ("to de-escalate the crisis",)),
    SeedQuestion("Why is dealing with Russia a balancing act for Germany?", ("a long-standing energy partner",)),
    SeedQuestion("Why are Western leaders worried about Russia?", ("reliance on other nations for military support",)),
    # How.
    SeedQuestion(
        "How did Scholz describe the use of North Korean troops?",
        ("grave escalation", "could lead to a significant escalation"),
    ),
    SeedQuestion("How has the war affected politics in Germany?", ("further destabilized by the ongoing war",)),
    SeedQuestion("How strongly does China support Russia?", ("a tepid supporter of Russia",)),
    # What happened.
    SeedQuestion("What happened to the coalition in Berlin?", ("coalition government recently collapsing",)),
    SeedQuestion(
        "What did Scholz and Putin agree on?", ("agreed to stay in contact", "decided to continue their communication")
    ),
    SeedQuestion("What did Scholz do before he called Putin?", ("Scholz consulted Ukrainian President",)),
    SeedQuestion("What kind of peace does Scholz want?", ("fair and lasting peace",)),
    SeedQuestion("What is the BSW?", ("new far-left populist BSW",)),
    SeedQuestion("What is happening with the sanctions against Russia?", ("sanctions continue to tighten",)),
    # Yes or no.
    SeedQuestion("Did Scholz talk to Zelensky before the call?", ("Scholz consulted Ukrainian President",)),
    SeedQuestion(
        "Does Germany still support Ukraine?",
        ("Germany's steadfast support for Ukraine", "maintaining its strong support for Ukraine"),
    ),
    SeedQuestion("Does Scholz's government have a majority?", ("leading a minority government",)),
    SeedQuestion(
        "Will Scholz and Putin speak again?", ("agreed to stay in contact", "decided to continue their communication")
    ),
    SeedQuestion("Is it clear what North Korea is going to do?", ("details of the reports remain unclear",)),
    # As typed in a hurry.
    SeedQuestion("how long was the phone call", ("roughly hour-long call",)),
    SeedQuestion("who started the call", ("reportedly initiated by Germany",)),
    SeedQuestion("how is sholz doing in the polls", ("struggling in the polls",)),
    SeedQuestion("wich parties critisize scholz", ("far-right AfD",)),
    SeedQuestion("when is the next german election", ("elections approaching in February",)),
    SeedQuestion("did the kremlin confirm the call", ("while acknowledging the discussion",)),
    # One side only.
    SeedQuestion("What did the Kremlin say about the conversation?", ("detailed and frank exchange",)),
    SeedQuestion("What did Putin say about NATO?", ("blamed NATO's policies",)),
    SeedQuestion(
        "What did Scholz ask Moscow to do?",
        ("engage in direct negotiations with Kyiv", "withdraw Russian troops from Ukraine"),
    ),
    SeedQuestion("What does the AfD accuse the German government of?", ("insufficient efforts towards",)),
)
"""Questions that the seeds answer, by kind."""

NOT_ANSWERED = (
    # The same people and events, but nothing about this.
    "How many North Korean soldiers have been sent to Russia?",
    "What did Kim Jong Un say about the deployment?",
    "Which Ukrainian cities were hit by the air strikes?",
    "How many people have been killed in the war?",
    "Why did the coalition break apart?",
    "Which parties belonged to Scholz's coalition?",
    "Who is the leader of the AfD?",
    "How many seats does the BSW have in parliament?",
    "Who is running against Scholz in the election?",
    "How old is Olaf Scholz?",
    "When did Scholz become chancellor?",
    "At what time of day did the call begin?",
    "Where was Putin when he took the call?",
    "What did Emmanuel Macron say about the call?",
    "What did Xi Jinping tell Scholz?",
    "How much gas does Germany buy from Russia?",
    "How many tanks has Germany given to Ukraine?",
    "when did scholz travel to moscow",
    # Something else altogether.
    "Who won the football World Cup in 2022?",
    "What are the best beaches in Rio de Janeiro?",
    "How do I bake a chocolate cake?",
    "What are the symptoms of the flu?",
    "how high is mount everest",
    "Who wrote Romeo and Juliet?",
    "Will it rain in Berlin tomorrow?",
)
"""Questions that the seeds do not answer, near ones first."""
