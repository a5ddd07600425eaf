// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/ownwindows.h"

#include "ui/composer/draftbook.h"
#include "ui/conversation/conversationpane.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/whendone.h"
#include "ui/window/contactwindow.h"
#include "ui/window/conversationwindow.h"

#include <QEvent>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int betweenWindows = 100;  ///< ms: making one takes some of them, and the person is at work already
constexpr int untilRemembered = 500; ///< ms: a window that is moved tells of each step

} // namespace

OwnWindows::OwnWindows(Desk &desk, ChannelService &channels, const Roster &roster, CommandRegistry &commands,
                       std::shared_ptr<DraftBook> drafts, const WindowPlaces &places)
    : m_desk(desk)
    , m_channels(channels)
    , m_roster(roster)
    , m_commands(commands)
    , m_drafts(std::move(drafts))
    , m_places(places)
    , m_pending(places.stored())
{
    m_next.setInterval(betweenWindows);
    connect(&m_next, &QTimer::timeout, this, &OwnWindows::restoreNext);
    m_soon.setSingleShot(true);
    m_soon.setInterval(untilRemembered);
    connect(&m_soon, &QTimer::timeout, this, &OwnWindows::remember);
}

OwnWindows::~OwnWindows()
{
    remember();
    for (const QPointer<ConversationWindow> &window : std::as_const(m_conversations))
        delete window;
    for (const QPointer<ContactWindow> &window : std::as_const(m_contacts))
        delete window;
}

void OwnWindows::openConversation(ConversationId id)
{
    if (!id.isValid())
        return;
    make(id)->show();
    remember();
}

ConversationWindow *OwnWindows::make(ConversationId id)
{
    auto *window = new ConversationWindow(m_desk, m_channels, m_roster, m_drafts, id);
    m_conversations.removeIf([](const auto &one) { return one.isNull(); });
    m_conversations.append(window);
    connect(&m_commands, &CommandRegistry::commandsChanged, window, &ConversationWindow::reloadKeys);
    connect(window, &ConversationWindow::contactAsked, this, &OwnWindows::openContact);
    connect(&window->pane(), &ConversationPane::conversationShown, this, [this](bool isFirst) {
        if (isFirst)
            remember();
    });
    window->installEventFilter(this);
    return window;
}

bool OwnWindows::isOpen(ConversationId id) const
{
    return std::any_of(m_conversations.cbegin(), m_conversations.cend(),
                       [id](const auto &one) { return one && one->isVisible() && one->pane().conversation() == id; });
}

void OwnWindows::restore()
{
    if (m_pending.isEmpty() || std::exchange(m_isRestoring, true))
        return;
    QList<ConversationId> ids;
    for (const WindowPlace &place : std::as_const(m_pending))
        ids.append(place.conversation);
    using Rows = QList<ConversationRecord>;
    const auto future =
        m_desk.workspace().read<Rows>([ids, me = m_desk.me(), now = m_desk.workspace().clock().now()](
                                          Database &database) { return loadConversations(database, ids, me, now); });
    // What could not be read stays for the next time.
    whenDone(future, this, [this](const Result<Rows> &there) {
        m_isRestoring = there.has_value();
        if (there)
            takeThose(*there);
    });
}

void OwnWindows::takeThose(const QList<ConversationRecord> &there)
{
    m_pending.removeIf([&there](const WindowPlace &place) {
        return std::none_of(there.cbegin(), there.cend(), [&place](const ConversationRecord &one) {
            return one.id == place.conversation && (place.number == 0 || place.number == one.number);
        });
    });
    m_next.start();
}

void OwnWindows::restoreNext()
{
    if (m_pending.isEmpty()) {
        m_next.stop();
        remember();
        return;
    }
    const WindowPlace place = m_pending.takeFirst();
    if (isOpen(place.conversation))
        return;
    ConversationWindow *window = make(place.conversation);
    if (!place.geometry.isEmpty())
        window->restoreGeometry(place.geometry);
    window->setAttribute(Qt::WA_ShowWithoutActivating);
    window->show();
    window->setAttribute(Qt::WA_ShowWithoutActivating, false);
}

void OwnWindows::remember()
{
    QList<WindowPlace> places;
    for (const QPointer<ConversationWindow> &window : std::as_const(m_conversations)) {
        // One that was closed goes a moment later.
        if (!window || !window->isVisible() || !window->pane().conversation().isValid())
            continue;
        const ConversationRecord &record = window->pane().record();
        const ConversationId id = window->pane().conversation();
        places.append({id, record.id == id ? record.number : 0, window->saveGeometry()});
    }
    m_places.store(places + m_pending);
}

bool OwnWindows::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Hide:
    case QEvent::WindowStateChange:
        m_soon.start();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void OwnWindows::openContact(const ConversationRecord &conversation)
{
    if (!conversation.contact.isValid())
        return;
    m_contacts.removeIf([](const auto &one) { return one.isNull(); });
    for (const QPointer<ContactWindow> &known : std::as_const(m_contacts)) {
        if (known->contact() != conversation.contact)
            continue;
        known->setWindowState(known->windowState() & ~Qt::WindowMinimized);
        known->raise();
        known->activateWindow();
        return;
    }
    const QString name = conversation.contactName.isEmpty() ? conversation.contactHandle : conversation.contactName;
    auto *window = new ContactWindow(m_desk, m_roster, {conversation.contact, conversation.identity, name});
    m_contacts.append(window);
    connect(&m_commands, &CommandRegistry::commandsChanged, window, &ContactWindow::reloadKeys);
    connect(window, &ContactWindow::conversationWanted, this, &OwnWindows::conversationWanted);
    connect(window, &ContactWindow::windowWanted, this, &OwnWindows::openConversation);
    connect(window, &ContactWindow::replyWanted, this, &OwnWindows::replyWanted);
    window->show();
}

} // namespace Earshot
