// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/model/situation.h"

#include <QTest>

using namespace Earshot;

namespace {

const QString answerText = QStringLiteral("We send a new one");

Act::SendReply answer(std::optional<Visibility> visibility = {})
{
    Act::SendReply wish;
    wish.conversation = conversation;
    wish.text = answerText;
    wish.visibility = visibility;
    return wish;
}

Given messageVisibleTo(Visibility visibility)
{
    return [visibility](Situation &given) { given.facts.message->visibility = visibility; };
}

/// What sending `wish` makes: the reply, and the conversation waiting and mine.
Expected sent(const Act::SendReply &wish, Visibility visibility = Visibility::everyone, Seq basedOn = 60)
{
    Change::NewReply made;
    made.reply = wish;
    made.reply.text = wish.text.trimmed();
    made.visibility = visibility;
    made.target = message;
    made.heldUntil = now + std::chrono::seconds(wish.skipUndoWindow ? 0 : 10);
    made.basedOn = basedOn;
    Change::Work work = wish.thenResolve ? newStatus(Status::resolved, Reason::answered) : newStatus(Status::pending);
    work.assignee = me;
    return applied({made, work});
}

Given effectIs(Effect effect)
{
    return [effect](Situation &given) { given.facts.delivery->effect = effect; };
}

void isSomebodyElses(Situation &given)
{
    given.facts.delivery->agent = mira;
}

void channelIsRemoved(Situation &given)
{
    given.facts.channel->isRemoved = true;
}

Change::DeliveryStep step(DeliveryState state, Time heldUntil = {}, std::optional<Seq> basedOn = {})
{
    return {delivery, state, heldUntil, basedOn};
}

/// Such an effect on the message was wished and is not done yet.
Given wished(Effect effect, DeliveryState state)
{
    return [effect, state](Situation &given) { given.facts.message->underWay.append({delivery, effect, state}); };
}

const QList<DeliveryState> &everyState()
{
    using enum DeliveryState;
    static const QList<DeliveryState> states = {none,    draft, awaitingApproval, held,   queued,
                                                sending, sent,  failed,           unsure, cancelled};
    return states;
}

} // namespace

/// The rules for replies, other effects on networks, and their deliveries.
class DecideDeliveryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replies_data();
    void replies() { checkSituation(); }
    void freshness_data();
    void freshness() { checkSituation(); }
    void visibilities_data();
    void visibilities() { checkSituation(); }
    void cancelling_data();
    void cancelling() { checkSituation(); }
    void retrying_data();
    void retrying() { checkSituation(); }
    void settling_data();
    void settling() { checkSituation(); }
    void effects_data();
    void effects() { checkSituation(); }
    void effectsThatWereOvertaken_data();
    void effectsThatWereOvertaken() { checkSituation(); }
    void effectsThatAreSoAlready_data();
    void effectsThatAreSoAlready() { checkSituation(); }
    void effectsAreTakenBack_data();
    void effectsAreTakenBack() { checkSituation(); }
    void effectsThatChannelsCannot_data();
    void effectsThatChannelsCannot() { checkSituation(); }
    void answersBelowOurPostsAreHidden();
};

void DecideDeliveryTest::replies_data()
{
    addSituationColumns();
    const auto with = [](auto change) {
        Act::SendReply wish = answer();
        change(wish);
        return wish;
    };
    const Act::SendReply media = with([](Act::SendReply &wish) {
        wish.text.clear();
        wish.media = {{QStringLiteral("ab"), QStringLiteral("image/png"), QStringLiteral("A lamp")}};
    });
    const Act::SendReply resolving = with([](Act::SendReply &wish) { wish.thenResolve = true; });
    const Act::SendReply atOnce = with([](Act::SendReply &wish) { wish.skipUndoWindow = true; });
    const Act::SendReply blanks = with([](Act::SendReply &wish) { wish.text = QStringLiteral("\n hello \n"); });
    addSituation("reply", situation(answer()), sent(answer()));
    addSituation("and resolve", situation(resolving), sent(resolving));
    addSituation("at once", situation(atOnce), sent(atOnce));
    addSituation("text is cleaned", situation(blanks), sent(blanks));
    addSituation("a picture needs no text", situation(media), sent(media));
    addSituation("nothing", situation(with([](Act::SendReply &wish) { wish.text = QStringLiteral(" \n"); })),
                 refused(RefusalKind::invalid));
    Expected kept = sent(answer());
    std::get<Change::Work>(kept.changes[1]).assignee = std::nullopt;
    addSituation("to Mira's, who keeps it", situation(answer(), ownerIs(mira)), kept);
    addSituation("channel is removed", situation(answer(), channelIsRemoved), refused(RefusalKind::notPossible));
    addSituation("channel is removed, anyway", situation(answer(), all({channelIsRemoved, forced})),
                 refused(RefusalKind::notPossible));
    addSituation("channel can only be read",
                 situation(answer(), [](Situation &given) { given.facts.channel->capabilities.canReply = false; }),
                 refused(RefusalKind::notPossible));
    addSituation("sending is paused: it waits later",
                 situation(answer(), [](Situation &given) { given.facts.channel->isPaused = true; }), sent(answer()));
    addSituation("nothing to answer", situation(answer(), [](Situation &given) { given.facts.message.reset(); }),
                 refused(RefusalKind::notFound));
    const auto isForeign = [](Situation &given) { given.facts.message->conversation = ConversationId(4711); };
    addSituation("a message of another conversation", situation(answer(), isForeign), refused(RefusalKind::invalid));
    addSituation("a message of another conversation, anyway", situation(answer(), all({isForeign, forced})),
                 refused(RefusalKind::invalid));
    for (const Presence presence : {Presence::deleted, Presence::gone}) {
        const auto vanished = [presence](Situation &given) { given.facts.message->presence = presence; };
        QTest::addRow("message is %s", qPrintable(word(presence)))
            << situation(answer(), vanished) << refused(RefusalKind::notPossible);
        QTest::addRow("message is %s, anyway", qPrintable(word(presence)))
            << situation(answer(), all({vanished, forced})) << refused(RefusalKind::notPossible);
        Act::SendReply consented = answer();
        consented.mayAnswerGone = true;
        QTest::addRow("message is %s, with consent", qPrintable(word(presence)))
            << situation(consented, vanished) << sent(consented);
        QTest::addRow("message is %s, with consent, and moved on", qPrintable(word(presence)))
            << situation(consented, all({vanished, movedOn})) << refused(RefusalKind::stale);
    }
}

void DecideDeliveryTest::freshness_data()
{
    addSituationColumns();
    const auto twinAnswered = [](Seq seq) {
        return [seq](Situation &given) { given.facts.conversation->twinAnsweredSeq = seq; };
    };
    const auto publicAt = [](Seq seq) {
        return [seq](Situation &given) { given.facts.conversation->publicSeq = seq; };
    };
    const Expected onNewest = sent(answer(), Visibility::everyone, 70);
    addSituation("moved on", situation(answer(), movedOn), refused(RefusalKind::stale));
    addSituation("moved on, anyway", situation(answer(), all({movedOn, forced})), onNewest);
    addSituation("not known what was seen", situation(answer(), all({movedOn, basedOnNothing})), onNewest);
    addSituation("seen exactly", situation(answer(), publicAt(60)), sent(answer()));
    addSituation("one behind", situation(answer(), publicAt(61)), refused(RefusalKind::stale));
    addSituation("answered elsewhere", situation(answer(), twinAnswered(61)), refused(RefusalKind::answeredElsewhere));
    addSituation("answered elsewhere before", situation(answer(), twinAnswered(60)), sent(answer()));
    addSituation("answered elsewhere, anyway", situation(answer(), all({twinAnswered(61), forced})), onNewest);
    const auto workChanged = [](Situation &given) {
        ConversationFacts &facts = *given.facts.conversation;
        facts.statusMark = facts.assigneeMark = facts.priorityMark = {65, mira};
    };
    addSituation("others' work on it does not count", situation(answer(), workChanged), sent(answer()));
}

void DecideDeliveryTest::visibilities_data()
{
    addSituationColumns();
    using enum Visibility;
    const auto privately = [](bool can) {
        return [can](Situation &given) { given.facts.channel->capabilities.canReplyPrivately = can; };
    };
    for (const Visibility present : {everyone, unlisted, followers, direct}) {
        QTest::addRow("%s, as it is", qPrintable(word(present)))
            << situation(answer(), all({messageVisibleTo(present), privately(false)})) << sent(answer(), present);
        for (const Visibility asked : {everyone, unlisted, followers, direct}) {
            const bool isWider = asked < present;
            const Situation plain = situation(answer(asked), messageVisibleTo(present));
            QTest::addRow("%s to %s", qPrintable(word(present)), qPrintable(word(asked)))
                << plain << (isWider ? refused(RefusalKind::moreReaders) : sent(answer(asked), asked));
            // What came in between is another question than who may read it.
            QTest::addRow("%s to %s, anyway", qPrintable(word(present)), qPrintable(word(asked)))
                << situation(answer(asked), all({messageVisibleTo(present), forced}))
                << (isWider ? refused(RefusalKind::moreReaders) : sent(answer(asked), asked, 70));
            Act::SendReply consented = answer(asked);
            consented.mayWiden = true;
            QTest::addRow("%s to %s, with consent", qPrintable(word(present)), qPrintable(word(asked)))
                << situation(consented, messageVisibleTo(present)) << sent(consented, asked);
        }
    }
    const Situation impossible = situation(answer(direct), all({privately(false), forced}));
    addSituation("privately where that cannot be, not even anyway", impossible, refused(RefusalKind::notPossible));
    addSituation("privately to what is private",
                 situation(answer(direct), all({privately(false), messageVisibleTo(direct)})),
                 sent(answer(direct), direct));
}

void DecideDeliveryTest::cancelling_data()
{
    addSituationColumns();
    using enum DeliveryState;
    const Act::CancelDelivery cancel{delivery};
    const QList<DeliveryState> surelyHere = {awaitingApproval, held, queued, failed};
    for (const DeliveryState state : everyState()) {
        const bool isHere = surelyHere.contains(state);
        const Expected refusal = refused(RefusalKind::notPossible, {}, word(state));
        const Expected expected = isHere ? applied({step(cancelled)}) : state == cancelled ? alreadySo() : refusal;
        QTest::addRow("%s", qPrintable(word(state))) << situation(cancel, deliveryIs(state)) << expected;
        QTest::addRow("%s, anyway", qPrintable(word(state)))
            << situation(cancel, all({deliveryIs(state), forced})) << expected;
    }
    addSituation("opens the conversation again", situation(cancel, statusIs(Status::pending)),
                 applied({step(cancelled), newStatus(Status::open)}));
    addSituation("of a like, leaves the conversation",
                 situation(cancel, all({statusIs(Status::pending), effectIs(Effect::like)})),
                 applied({step(cancelled)}));
    addSituation("Mira's", situation(cancel, isSomebodyElses), refused(RefusalKind::permission, mira));
    addSituation("Mira's, as lead", situation(cancel, all({isSomebodyElses, actorIs(Role::lead)})),
                 applied({step(cancelled)}));
    addSituation("Mira's, cancelled already", situation(cancel, all({isSomebodyElses, deliveryIs(cancelled)})),
                 alreadySo());
    addSituation("of a removed channel", situation(cancel, channelIsRemoved), applied({step(cancelled)}));
    const auto triedAgain = [](Seq seq) {
        return [seq](Situation &given) { given.facts.otherWish = OtherWish{seq, mira, word(queued)}; };
    };
    addSituation("Mira has tried again since", situation(cancel, triedAgain(61)),
                 refused(RefusalKind::changed, mira, word(queued)));
    addSituation("Mira had tried again", situation(cancel, triedAgain(60)), applied({step(cancelled)}));
    addSituation("not known what was seen", situation(cancel, all({triedAgain(61), basedOnNothing})),
                 applied({step(cancelled)}));
}

void DecideDeliveryTest::retrying_data()
{
    addSituationColumns();
    using enum DeliveryState;
    const Act::RetryDelivery retry{delivery};
    const Change::Work waiting = newStatus(Status::pending);
    for (const DeliveryState state : everyState()) {
        const QString name = word(state);
        const Expected refusal = refused(RefusalKind::notPossible, {}, state == unsure ? QString() : name);
        const Expected plain = applied({step(queued, now, 60), waiting});
        QTest::addRow("%s", qPrintable(name))
            << situation(retry, deliveryIs(state)) << (state == failed ? plain : refusal);
        QTest::addRow("%s, anyway", qPrintable(name)) << situation(retry, all({deliveryIs(state), forced}))
                                                      << (state == failed || state == unsure ? plain : refusal);
    }
    const Given hasFailed = deliveryIs(failed);
    const auto moved = [&](const Given &given) { return situation(retry, all({hasFailed, movedOn, given})); };
    addSituation("moved on", moved(effectIs(Effect::reply)), refused(RefusalKind::stale));
    addSituation("moved on, anyway", moved(forced), refused(RefusalKind::stale));
    addSituation("moved on, anyway, not known what was seen", moved(all({forced, basedOnNothing})),
                 applied({step(queued, now, 70), waiting}));
    addSituation("not known what was seen", moved(basedOnNothing), applied({step(queued, now, 70), waiting}));
    addSituation("a like is never stale", moved(effectIs(Effect::like)), applied({step(queued, now, 60)}));
    const auto twin = [](Seq seq) {
        return [seq](Situation &given) { given.facts.conversation->twinAnsweredSeq = seq; };
    };
    addSituation("answered elsewhere", situation(retry, all({hasFailed, twin(61)})),
                 refused(RefusalKind::answeredElsewhere));
    addSituation("answered elsewhere, anyway", situation(retry, all({hasFailed, twin(90), forced})),
                 refused(RefusalKind::answeredElsewhere));
    addSituation("answered elsewhere, not known what was seen",
                 situation(retry, all({hasFailed, twin(90), basedOnNothing})),
                 applied({step(queued, now, 90), waiting}));
    const auto tried = [](int attempts) {
        return [attempts](Situation &given) { given.facts.delivery->attempts = attempts; };
    };
    const Act::RetryDelivery looked{delivery, 2};
    const Expected triedSince = refused(RefusalKind::notPossible, {}, QStringLiteral("it was tried again meanwhile"));
    for (const Given &state : {deliveryIs(unsure), hasFailed}) {
        addSituation("tried again since", situation(looked, all({state, forced, tried(3)})), triedSince);
        addSituation("tried as often", situation(looked, all({state, forced, tried(2)})),
                     applied({step(queued, now, 60), waiting}));
    }
    const auto triedAgain = [](Seq seq) {
        return [seq](Situation &given) { given.facts.otherWish = OtherWish{seq, mira, word(queued)}; };
    };
    addSituation("Mira has tried it again since, anyway",
                 situation(looked, all({deliveryIs(unsure), forced, tried(2), triedAgain(61)})),
                 refused(RefusalKind::changed, mira, word(queued)));
    addSituation("of a removed channel", situation(retry, all({hasFailed, channelIsRemoved, forced})),
                 refused(RefusalKind::notPossible));
    addSituation("Mira's", situation(retry, all({hasFailed, isSomebodyElses})),
                 applied({step(queued, now, 60), waiting}));
}

void DecideDeliveryTest::settling_data()
{
    addSituationColumns();
    for (const DeliveryState state : everyState()) {
        const bool isUnsure = state == DeliveryState::unsure;
        for (const bool isForced : {false, true}) {
            QTest::addRow("%s%s", qPrintable(word(state)), isForced ? ", anyway" : "")
                << situation(Act::SettleDelivery{delivery},
                             all({deliveryIs(state), isForced ? Given(forced) : Given(movedOn)}))
                << (isUnsure ? applied({step(DeliveryState::sent)})
                             : refused(RefusalKind::notPossible, {}, word(state)));
        }
    }
}

void DecideDeliveryTest::effects_data()
{
    addSituationColumns();
    const auto expected = [](Effect effect) {
        return applied({Change::NewEffect{conversation, message, effect, now + std::chrono::seconds(10)}});
    };
    const auto is = [](MessageKind kind) { return [kind](Situation &given) { given.facts.message->kind = kind; }; };
    using enum Effect;
    for (const Effect effect : {like, boost, approve, unapprove, hide, spam, trash})
        QTest::addRow("%s", qPrintable(word(effect)))
            << situation(Act::PerformEffect{message, effect}, movedOn) << expected(effect);
    addSituation("delete our own", situation(Act::PerformEffect{message, deleteOwn}, is(MessageKind::reply)),
                 expected(deleteOwn));
    addSituation("delete a customer's", situation(Act::PerformEffect{message, deleteOwn}),
                 refused(RefusalKind::notPossible));
    addSituation("like what others say in the thread",
                 situation(Act::PerformEffect{message, like}, is(MessageKind::context)), expected(like));
    addSituation("like a note", situation(Act::PerformEffect{message, like}, is(MessageKind::note)),
                 refused(RefusalKind::notPossible));
    addSituation(
        "like what is not published yet",
        situation(Act::PerformEffect{message, like}, [](Situation &given) { given.facts.message->uri.clear(); }),
        refused(RefusalKind::notPossible));
    addSituation("a reply is no such effect", situation(Act::PerformEffect{message, Effect::reply}),
                 refused(RefusalKind::notPossible));
    addSituation("on a removed channel", situation(Act::PerformEffect{message, like}, all({channelIsRemoved, forced})),
                 refused(RefusalKind::notPossible));
}

/// What comes late is a person's to decide, unless it is so by now.
void DecideDeliveryTest::effectsThatWereOvertaken_data()
{
    addSituationColumns();
    using enum Effect;
    const Expected liked = applied({Change::NewEffect{conversation, message, like, now + std::chrono::seconds(10)}});
    const Given newer = wishedByOther(61, mira, word(unlike));
    const auto row = [](const char *name, const Given &given, const Expected &expected) {
        addSituation(name, situation(Act::PerformEffect{message, like}, given), expected);
    };
    row("by a colleague", newer, refused(RefusalKind::changed, mira, word(unlike)));
    row("by one's other device", wishedByOther(61, me, word(unlike)), refused(RefusalKind::changed, me, word(unlike)));
    row("what is under way too", all({newer, wished(unlike, DeliveryState::held)}),
        refused(RefusalKind::changed, mira, word(unlike)));
    row("by what was seen", wishedByOther(60, mira, word(unlike)), liked);
    row("all the same", all({newer, forced}), liked);
    row("nothing was seen", all({newer, basedOnNothing}), liked);
    row("it is so", all({newer, [](Situation &given) { given.facts.message->isLiked = true; }}), alreadySo());
}

void DecideDeliveryTest::effectsThatAreSoAlready_data()
{
    addSituationColumns();
    using enum Effect;
    const auto row = [](Effect effect, const Given &given) {
        QTest::addRow("%s", qPrintable(word(effect)))
            << situation(Act::PerformEffect{message, effect}, given) << alreadySo();
    };
    const auto moderated = [](Moderation moderation) {
        return [moderation](Situation &given) { given.facts.message->moderation = moderation; };
    };
    row(like, [](Situation &given) { given.facts.message->isLiked = true; });
    row(unlike, {});
    row(boost, [](Situation &given) { given.facts.message->isBoosted = true; });
    row(unboost, {});
    row(approve, moderated(Moderation::approved));
    row(unapprove, moderated(Moderation::held));
    row(hide, moderated(Moderation::held));
    row(spam, moderated(Moderation::spam));
    row(trash, moderated(Moderation::trash));
    row(deleteOwn, [](Situation &given) {
        given.facts.message->kind = MessageKind::reply;
        given.facts.message->presence = Presence::deleted;
    });
    addSituation("one is under way", situation(Act::PerformEffect{message, like}, wished(like, DeliveryState::held)),
                 alreadySo());
    addSituation("unlike is under way",
                 situation(Act::PerformEffect{message, unlike},
                           all({wished(unlike, DeliveryState::sending),
                                [](Situation &given) { given.facts.message->isLiked = true; }})),
                 alreadySo());
    addSituation("it is so, and one is in doubt",
                 situation(Act::PerformEffect{message, approve},
                           all({wished(approve, DeliveryState::unsure), moderated(Moderation::approved)})),
                 alreadySo());
}

/// Taken back before it left: nothing of it is ever seen.
void DecideDeliveryTest::effectsAreTakenBack_data()
{
    addSituationColumns();
    using enum Effect;
    const Expected taken = applied({step(DeliveryState::cancelled, {}, {})});
    const auto queued = [](Effect effect) {
        return Change::NewEffect{conversation, message, effect, now + std::chrono::seconds(10)};
    };
    const auto moderated = [](Moderation moderation) {
        return [moderation](Situation &given) { given.facts.message->moderation = moderation; };
    };
    for (const DeliveryState state : {DeliveryState::held, DeliveryState::queued}) {
        const auto row = [&](
                             const char *name, Effect first, Effect then, const Expected &expected,
                             const Given &given = [](Situation &) {}) {
            QTest::addRow("%s, %s", name, qPrintable(word(state)))
                << situation(Act::PerformEffect{message, then}, all({wished(first, state), given})) << expected;
        };
        row("a like", like, unlike, taken);
        row("a boost", boost, unboost, taken);
        row("hiding", hide, approve, taken);
        row("hiding what was approved", hide, approve, taken, moderated(Moderation::approved));
        row("spam", spam, unapprove, taken, moderated(Moderation::held));
        row("spam becomes trash", spam, trash, applied({step(DeliveryState::cancelled, {}, {}), queued(trash)}));
        row("a boost is no like", boost, like, applied({queued(like)}));
    }
    // On its way: it will be undone after it.
    addSituation("a like that leaves",
                 situation(Act::PerformEffect{message, unlike}, wished(like, DeliveryState::sending)),
                 applied({queued(unlike)}));
    // Its answer was lost: whatever is kept, it may have been done, or may still be.
    const Given hidingIsUnsure = all({wished(hide, DeliveryState::unsure), moderated(Moderation::approved)});
    addSituation("a like in doubt", situation(Act::PerformEffect{message, unlike}, wished(like, DeliveryState::unsure)),
                 applied({queued(unlike)}));
    addSituation("hiding in doubt", situation(Act::PerformEffect{message, approve}, hidingIsUnsure),
                 applied({queued(approve)}));
    addSituation("hiding in doubt is wished again", situation(Act::PerformEffect{message, hide}, hidingIsUnsure),
                 applied({queued(hide)}));
    addSituation(
        "spam after hiding in doubt",
        situation(Act::PerformEffect{message, approve}, all({wished(spam, DeliveryState::held), hidingIsUnsure})),
        applied({step(DeliveryState::cancelled, {}, {}), queued(approve)}));
}

void DecideDeliveryTest::effectsThatChannelsCannot_data()
{
    addSituationColumns();
    using enum Effect;
    const auto row = [](const QList<Effect> &effects, bool Capabilities::*can) {
        for (const Effect effect : effects) {
            const auto cannot = [can](Situation &given) {
                given.facts.message->kind = MessageKind::reply;
                given.facts.channel->capabilities.*can = false;
            };
            QTest::addRow("%s", qPrintable(word(effect)))
                << situation(Act::PerformEffect{message, effect}, all({cannot, forced}))
                << refused(RefusalKind::notPossible);
        }
    };
    row({like, unlike}, &Capabilities::canLike);
    row({boost, unboost}, &Capabilities::canBoost);
    row({approve, unapprove, hide, spam, trash, restore}, &Capabilities::canHide);
    row({deleteOwn}, &Capabilities::canDeleteOwn);
    // Where only answers below our own posts can be hidden, all that is not one.
    const auto below = [](bool isThreadOurs, bool isRoot, MessageKind kind) -> Given {
        return [=](Situation &given) {
            given.facts.message->kind = kind;
            given.facts.message->isThreadOurs = isThreadOurs;
            given.facts.message->isRoot = isRoot;
            given.facts.channel->capabilities.canHide = false;
            given.facts.channel->capabilities.canHideBelowOwn = true;
        };
    };
    const auto add = [](const char *name, Effect effect, const Given &given, const auto &expected) {
        QTest::addRow("%s: %s", name, qPrintable(word(effect)))
            << situation(Act::PerformEffect{message, effect}, all({given, forced})) << expected;
    };
    for (const Effect effect : {approve, hide}) {
        add("in another's thread", effect, below(false, false, MessageKind::inbound),
            refused(RefusalKind::notPossible));
        add("the root", effect, below(true, true, MessageKind::inbound), refused(RefusalKind::notPossible));
        add("our own answer", effect, below(true, false, MessageKind::reply), refused(RefusalKind::notPossible));
    }
    for (const Effect effect : {unapprove, spam, trash, restore})
        add("below our own post", effect, below(true, false, MessageKind::inbound), refused(RefusalKind::notPossible));
}

void DecideDeliveryTest::answersBelowOurPostsAreHidden()
{
    for (const MessageKind kind : {MessageKind::inbound, MessageKind::context}) {
        const auto given = [kind](Moderation moderation) {
            return [=](Situation &situation) {
                situation.facts.message->kind = kind;
                situation.facts.message->isThreadOurs = true;
                situation.facts.message->moderation = moderation;
                situation.facts.message->underWay.clear();
                situation.facts.channel->capabilities.canHide = false;
                situation.facts.channel->capabilities.canHideBelowOwn = true;
            };
        };
        const auto decided = [&](Effect effect, Moderation moderation) {
            return situation(Act::PerformEffect{message, effect}, given(moderation)).decided();
        };
        const Verdict hidden = decided(Effect::hide, Moderation::none);
        QVERIFY(hidden);
        QCOMPARE(hidden->changes.size(), 1);
        QVERIFY(hidden->inverse == ActionArguments(Act::PerformEffect{message, Effect::approve}));
        const Verdict shown = decided(Effect::approve, Moderation::hidden);
        QCOMPARE(shown->changes.size(), 1);
        QVERIFY(shown->inverse == ActionArguments(Act::PerformEffect{message, Effect::hide}));
        // Nothing is to be done: it is so already.
        QVERIFY(decided(Effect::hide, Moderation::hidden)->changes.empty());
        QVERIFY(decided(Effect::approve, Moderation::none)->changes.empty());
    }
}

QTEST_APPLESS_MAIN(DecideDeliveryTest)
#include "tst_decidedelivery.moc"
