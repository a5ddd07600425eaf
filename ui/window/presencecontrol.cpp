// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/presencecontrol.h"

#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/inboxpane.h"
#include "ui/shell/presencesigns.h"
#include "ui/shell/roster.h"

#include <QApplication>
#include <QEvent>

namespace Earshot {

namespace {

/// Who scrolls or walks through a list is told of once.
constexpr int calm = 150;

} // namespace

PresenceControl::PresenceControl(Desk &desk, const Roster &roster, ConversationPane &pane, InboxPane *inbox,
                                 QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_pane(pane)
    , m_inbox(inbox)
    , m_window(window)
    , m_signs(new PresenceSigns(desk, roster, this))
    , m_pause(this)
    , m_lastInput(desk.workspace().clock().now())
{
    if (desk.status().kind == DeskStatus::Kind::here)
        return;
    m_soon.setSingleShot(true);
    m_soon.setInterval(calm);
    connect(&m_soon, &QTimer::timeout, this, &PresenceControl::tell);
    m_pause.setObjectName(QStringLiteral("presencePause"));
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        m_isAway = true;
        tell();
    });
    m_pause.start(longestPause);
    const auto later = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&pane, &ConversationPane::conversationChanged, this, later);
    connect(&pane, &ConversationPane::conversationChanged, this, &PresenceControl::showOthers);
    connect(&pane.composer(), &Composer::writingChanged, this, later);
    if (inbox) {
        connect(inbox, &InboxPane::rowsOnScreenChanged, this, later);
        connect(inbox, &InboxPane::shown, this, later);
    }
    connect(m_signs, &PresenceSigns::changed, this, [this](ConversationId conversation) {
        if (conversation == m_pane.conversation())
            showOthers();
    });
    connect(&roster, &Roster::rosterChanged, this, &PresenceControl::showOthers);
    window->installEventFilter(this);
    qApp->installEventFilter(this);
    later();
}

PresenceControl::~PresenceControl()
{
    m_desk.show(m_window, {});
}

bool PresenceControl::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::WindowStateChange:
        if (watched == m_window)
            tell();
        break;
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
        m_pause.start(longestPause);
        m_lastInput = m_desk.workspace().clock().now();
        if (std::exchange(m_isAway, false)) {
            tell();
            Q_EMIT cameBack();
        }
        break;
    default:
        break;
    }
    return false;
}

ShownConversations PresenceControl::shown() const
{
    ShownConversations shown;
    if (!m_window->isVisible() || m_window->isMinimized() || m_isAway)
        return shown;
    const ConversationId open = m_pane.conversation();
    if (open.isValid())
        shown.open.append(open);
    if (open.isValid() && m_pane.composer().isWritingReply())
        shown.writing.append(open);
    if (m_inbox && m_inbox->isShown())
        shown.listed = m_inbox->rowsOnScreen();
    return shown;
}

void PresenceControl::tell()
{
    m_desk.show(m_window, shown());
}

void PresenceControl::showOthers()
{
    const ConversationId open = m_pane.conversation();
    m_pane.showOthers(m_signs->sentenceOf(open), m_signs->warningOf(open), m_signs->hasWriter(open));
}

} // namespace Earshot
