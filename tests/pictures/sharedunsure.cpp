// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outboxanswers.h"
#include "replica/outboxbatch.h"
#include "replica/performcall.h"
#include "tests/pictures/sharedroom.h"
#include "ui/composer/choicebar.h"

#include <QAbstractButton>

namespace Earshot {

// A reply that something on the way turned away when the server may have had it already.

/// Kim's replica counts the one thing that waits there as sent and turned away.
void SharedRoom::turnAway()
{
    const WaitingAction sent = m_kim->desk().waitingActions().value(0);
    const auto turned = m_kim->desk().workspace().write<void>(Urgency::interactive, [&sent](Writing &writing) -> Done {
        (void)takeBatch(writing, {1, 0}, {});
        Outcome refused;
        refused.kind = Outcome::Kind::refused;
        refused.refusal.detail = TurnedAway::reason();
        return takeAnswers(writing, {sent.entry}, {refused}, {}, {true, true}).map([](const Answered &) {});
    });
    until("that it is turned away", [this] { return m_kim->desk().refusedCount() > 0; });
}

void SharedRoom::unsure()
{
    leave();
    m_kim->open(ConversationId(4));
    send(QStringLiteral("We are glad that it fits! Have fun with it."));
    until("what waits", [this] { return m_kim->desk().waitingActions().size() == 1; });
    turnAway();
    open("outbox.show", "outboxDialog");
    until("what can be done", [this] { return isShown("outboxEdit") && isShown("outboxPresent"); });
    m_camera.photograph(QStringLiteral("outbox-perhaps-published"));
    const auto *ask = find<ChoiceBar>("outboxAsk");
    click("outboxDiscard");
    until("the question", [ask] { return ask->isVisible(); });
    m_camera.photograph(QStringLiteral("outbox-perhaps-published-discard"));
    click("outboxEdit");
    until("that the server is to be asked", [this] { return m_kim->desk().waitingActions().value(0).isSettling; });
    m_camera.photograph(QStringLiteral("outbox-settling"));
    comeBack();
    until("that it was not done", [this] { return isShown("outboxEdit"); });
    m_camera.photograph(QStringLiteral("outbox-not-done"));
    click("outboxDiscard");
    until("the question", [ask] { return ask->isVisible(); });
    if (auto *discard = ask->findChild<QAbstractButton *>(QStringLiteral("choice0")))
        discard->click();
    until("nothing that waits", [this] { return m_kim->desk().waitingActions().isEmpty(); });
    close("outboxDialog");
}

} // namespace Earshot
