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
#include <utility>

namespace Earshot {

namespace {

constexpr int betweenWindows = 100;  ///< ms: making one takes some of them, and the person is at work already
constexpr int untilRemembered = 500; ///< ms: a window that is moved tells of each step, and storing is felt

} // namespace

OwnWindows::OwnWindows(Desk &desk, ChannelService &channels, const Roster &roster, CommandRegistry &commands,
                       std::shared_ptr<DraftBook> drafts, const WindowPlaces &places)
    : m_desk(desk)
    , m_channels(channels)
    , m_roster(roster)
    , m_commands(commands)
    , m_drafts(std::move(drafts))
    , m_places(places)
    , m_remembered(places.stored())
    , m_pending(m_remembered)
{
    m_next.setInterval(betweenWindows);
    connect(&m_next, &QTimer::timeout, this, &OwnWindows::restoreNext);
    m_soon.setSingleShot(true);
    m_soon.setInterval(untilRemembered);
    connect(&m_soon, &QTimer::timeout, this, &OwnWindows::remember);
    connect(&m_desk, &Desk::statusChanged, this, &OwnWindows::lookAgain);
}

OwnWindows::~OwnWindows()
{
    remember();
    for (const QPointer<ConversationWindow> &window : std::as_const(m_conversations))
        delete window;
    for (const Contact &contact : std::as_const(m_contacts))
        delete contact.window;
}

void OwnWindows::openConversation(ConversationId id)
{
    if (!id.isValid())
        return;
    make(id)->show();
    m_soon.start();
}

ConversationWindow *OwnWindows::make(ConversationId id)
{
    auto *window = new ConversationWindow(m_desk, m_channels, m_roster, m_drafts, id);
    m_conversations.removeIf([](const auto &one) { return one.isNull(); });
    m_conversations.append(window);
    connect(&m_commands, &CommandRegistry::commandsChanged, window, &ConversationWindow::reloadKeys);
    connect(window, &ConversationWindow::contactAsked, this, &OwnWindows::openContact);
    ConversationPane *pane = &window->pane();
    connect(pane, &ConversationPane::conversationShown, this, [this, pane](bool isFirst) {
        m_gone.remove(pane->conversation());
        if (isFirst)
            m_soon.start();
    });
    connect(pane, &ConversationPane::conversationGone, this, [this, pane] {
        m_gone.insert(pane->conversation());
        m_soon.start();
    });
    window->installEventFilter(this);
    return window;
}

bool OwnWindows::isOpen(ConversationId id) const
{
    return std::any_of(m_conversations.cbegin(), m_conversations.cend(),
                       [id](const auto &one) { return one && one->isVisible() && one->pane().conversation() == id; });
}

bool OwnWindows::isAllHere() const
{
    const DeskStatus::Kind kind = m_desk.status().kind;
    return kind == DeskStatus::Kind::here || kind == DeskStatus::Kind::current;
}

void OwnWindows::lookAgain()
{
    if (m_mayRestore && isAllHere())
        restore();
}

void OwnWindows::restore()
{
    m_mayRestore = true;
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
    whenDone(future, this, [this, wasAllHere = isAllHere()](const Result<Rows> &there) {
        m_isRestoring = there.has_value();
        if (there)
            takeThose(*there, wasAllHere);
    });
}

void OwnWindows::takeThose(const QList<ConversationRecord> &there, bool wasAllHere)
{
    m_read = there;
    const QList<WindowPlace> asked = std::exchange(m_pending, {});
    for (const WindowPlace &place : asked) {
        const auto found = std::find_if(there.cbegin(), there.cend(), [&place](const ConversationRecord &one) {
            return one.id == place.conversation;
        });
        if (found == there.cend()) {
            if (!wasAllHere)
                m_pending.append(place);
        } else if (place.number == 0 || place.number == found->number) {
            m_coming.append(place);
        }
    }
    m_next.start();
}

void OwnWindows::restoreNext()
{
    if (m_coming.isEmpty()) {
        m_next.stop();
        m_read.clear();
        m_isRestoring = false;
        remember();
        lookAgain();
        return;
    }
    const WindowPlace place = m_coming.takeFirst();
    QMainWindow *window = makeAgain(place);
    if (!window)
        return;
    if (!place.geometry.isEmpty())
        window->restoreGeometry(place.geometry);
    window->setAttribute(Qt::WA_ShowWithoutActivating);
    window->show();
    window->setAttribute(Qt::WA_ShowWithoutActivating, false);
}

QMainWindow *OwnWindows::makeAgain(const WindowPlace &place)
{
    if (!place.isContact)
        return isOpen(place.conversation) ? nullptr : make(place.conversation);
    const auto from = std::find_if(m_read.cbegin(), m_read.cend(),
                                   [&place](const ConversationRecord &one) { return one.id == place.conversation; });
    return from == m_read.cend() || windowOf(from->contact) ? nullptr : makeContact(*from);
}

void OwnWindows::remember()
{
    QList<WindowPlace> places;
    for (const QPointer<ConversationWindow> &window : std::as_const(m_conversations)) {
        const ConversationId id = window ? window->pane().conversation() : ConversationId();
        // One that was closed goes a moment later.
        if (!id.isValid() || !window->isVisible() || (m_gone.contains(id) && isAllHere()))
            continue;
        const ConversationRecord &record = window->pane().record();
        places.append({id, record.id == id ? record.number : knownNumber(id), window->saveGeometry()});
    }
    for (const Contact &contact : std::as_const(m_contacts)) {
        if (contact.window && contact.window->isVisible())
            places.append({contact.from, contact.number, contact.window->saveGeometry(), true});
    }
    places += m_coming + m_pending;
    if (places == m_remembered)
        return;
    m_remembered = places;
    m_places.store(places);
}

qint64 OwnWindows::knownNumber(ConversationId id) const
{
    const auto known = std::find_if(m_remembered.cbegin(), m_remembered.cend(),
                                    [id](const WindowPlace &one) { return one.conversation == id; });
    return known == m_remembered.cend() ? 0 : known->number;
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
    if (ContactWindow *known = windowOf(conversation.contact)) {
        known->setWindowState(known->windowState() & ~Qt::WindowMinimized);
        known->raise();
        known->activateWindow();
        return;
    }
    makeContact(conversation)->show();
    m_soon.start();
}

ContactWindow *OwnWindows::windowOf(ContactId contact) const
{
    // One that was closed goes a moment later.
    const auto found = std::find_if(m_contacts.cbegin(), m_contacts.cend(), [contact](const Contact &one) {
        return one.window && one.window->isVisible() && one.window->contact() == contact;
    });
    return found == m_contacts.cend() ? nullptr : found->window.data();
}

ContactWindow *OwnWindows::makeContact(const ConversationRecord &conversation)
{
    const QString name = conversation.contactName.isEmpty() ? conversation.contactHandle : conversation.contactName;
    auto *window = new ContactWindow(m_desk, m_roster, {conversation.contact, conversation.identity, name});
    m_contacts.removeIf([](const Contact &one) { return one.window.isNull(); });
    m_contacts.append({window, conversation.id, conversation.number});
    connect(&m_commands, &CommandRegistry::commandsChanged, window, &ContactWindow::reloadKeys);
    connect(window, &ContactWindow::conversationWanted, this, &OwnWindows::conversationWanted);
    connect(window, &ContactWindow::windowWanted, this, &OwnWindows::openConversation);
    connect(window, &ContactWindow::replyWanted, this, &OwnWindows::replyWanted);
    window->installEventFilter(this);
    return window;
}

} // namespace Earshot
