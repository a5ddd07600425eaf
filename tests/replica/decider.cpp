// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/decider.h"

#include <algorithm>

namespace Earshot {

namespace {

QString wordsOf(const ActionArguments &arguments)
{
    if (const auto *reply = std::get_if<Act::SendReply>(&arguments))
        return reply->text;
    const auto *note = std::get_if<Act::AddNote>(&arguments);
    return note ? note->text : QString();
}

/// Of what is still to be decided. What a restored server has forgotten is another matter.
DeskDeed *deedOf(QList<DeskDeed> &deeds, const QString &text)
{
    const auto found = std::find_if(deeds.begin(), deeds.end(), [&text](const DeskDeed &deed) {
        return !text.isEmpty() && deed.words().contains(text) && !deed.isTakenBack && !deed.isGivenUp &&
               !deed.isBeforeRestore;
    });
    return found == deeds.end() ? nullptr : &*found;
}

void sayInstead(Desktop &desktop, const WaitingAction &refused, DeskDeed &deed, const QString &text)
{
    ActionArguments instead = refused.action.arguments;
    if (auto *reply = std::get_if<Act::SendReply>(&instead))
        reply->text = text;
    else
        std::get<Act::AddNote>(instead).text = text;
    deed.before.append(deed.text);
    deed.text = text;
    deed.anew.append(desktop.desk().doAnyway(refused.entry, {0, instead}));
}

} // namespace

void Decider::goOn(Desktop &desktop, QList<DeskDeed> &deeds, const std::function<QString()> &newWords)
{
    const QList<Settlement> settling = std::exchange(m_settling, {});
    for (const Settlement &one : settling) {
        if (!one.settled.isFinished()) {
            m_settling.append(one);
            continue;
        }
        const bool isFree =
            one.settled.resultCount() > 0 && one.settled.result() && *one.settled.result() == Settled::withdrawn;
        const QList<WaitingAction> all = desktop.desk().waitingActions();
        const auto refused = std::ranges::find(all, one.entry, &WaitingAction::entry);
        DeskDeed *deed = deedOf(deeds, one.text);
        if (isFree && deed && refused != all.cend() && refused->isRefused)
            sayInstead(desktop, *refused, *deed, newWords());
    }
}

bool Decider::isToDecide(Desktop &desktop, const QString &words)
{
    const QList<WaitingAction> all = desktop.desk().waitingActions();
    return std::ranges::any_of(
        all, [&words](const WaitingAction &one) { return one.isRefused && wordsOf(one.action.arguments) == words; });
}

void Decider::decide(Desktop &desktop, QList<DeskDeed> &deeds, QRandomGenerator &random,
                     const std::function<QString()> &newWords, const QString &first)
{
    goOn(desktop, deeds, newWords);
    QList<WaitingAction> all = desktop.desk().waitingActions();
    std::ranges::stable_partition(
        all, [&first](const WaitingAction &one) { return wordsOf(one.action.arguments) == first; });
    for (const WaitingAction &refused : std::as_const(all)) {
        const QString text = wordsOf(refused.action.arguments);
        DeskDeed *deed = deedOf(deeds, text);
        const bool isAsked = std::ranges::find(m_settling, refused.entry, &Settlement::entry) != m_settling.cend();
        if (!refused.isRefused || !deed || isAsked)
            continue;
        switch (random.bounded(4)) {
        case 0:
            deed->isGivenUp = true;
            static_cast<void>(desktop.desk().discard(refused.entry));
            return;
        case 1:
            deed->anew.append(desktop.desk().doAnyway(refused.entry));
            return;
        default:
            if (refused.mayBeKnown)
                m_settling.append({refused.entry, text, desktop.desk().settle(refused.entry)});
            else
                sayInstead(desktop, refused, *deed, newWords());
            return;
        }
    }
}

} // namespace Earshot
