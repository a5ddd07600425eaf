// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/aheadsigns.h"

#include <utility>

namespace Earshot {

namespace {

constexpr int answeredSoon = 1000; ///< ms

} // namespace

AheadSigns::AheadSigns(const Desk &desk, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(answeredSoon);
    connect(&m_soon, &QTimer::timeout, this, [this] { show(m_desk.waitingConversations()); });
    connect(&desk, &Desk::outboxChanged, this, &AheadSigns::update);
    connect(&desk, &Desk::statusChanged, this, &AheadSigns::update);
    update();
}

QString AheadSigns::words()
{
    return tr("waiting for the server");
}

void AheadSigns::update()
{
    const QSet<ConversationId> now = m_desk.waitingConversations();
    const DeskStatus::Kind kind = m_desk.status().kind;
    if (kind == DeskStatus::Kind::offline || kind == DeskStatus::Kind::refused) {
        show(now);
        return;
    }
    // What is answered goes at once.
    show(QSet<ConversationId>(m_shown).intersect(now));
    if (now == m_shown)
        m_soon.stop();
    else if (!m_soon.isActive())
        m_soon.start();
}

void AheadSigns::show(const QSet<ConversationId> &ahead)
{
    const QSet<ConversationId> before = std::exchange(m_shown, ahead);
    const QSet<ConversationId> others = (before - ahead) + (ahead - before);
    if (!others.isEmpty())
        Q_EMIT changed(others);
}

} // namespace Earshot
