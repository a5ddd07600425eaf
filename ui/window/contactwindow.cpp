// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/contactwindow.h"

#include "ui/inbox/conversationactions.h"
#include "ui/inbox/inboxpane.h"
#include "ui/shell/errortext.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/retrybutton.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "ui/window/titlestate.h"

#include <QAbstractItemView>
#include <QCloseEvent>
#include <QScreen>
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

constexpr int mostIdentitiesListed = 1000;
constexpr int betweenReadings = 300; ///< ms, at least
constexpr int followedByList = 1000; ///< rows: of those further down the list does not ask which of them left

/// Whether two readings list the same identities: else others' conversations are the contact's now.
bool areSameIdentities(const QList<IdentityRecord> &one, const QList<IdentityRecord> &other)
{
    return std::equal(one.cbegin(), one.cend(), other.cbegin(), other.cend(),
                      [](const IdentityRecord &a, const IdentityRecord &b) { return a.id == b.id; });
}

} // namespace

ContactWindow::ContactWindow(Desk &desk, const Roster &roster, const ContactCard::Person &person)
    : m_desk(desk)
    , m_roster(roster)
    , m_opened(person.contact)
    , m_person(person)
    , m_keys(m_commands)
{
    setObjectName(QStringLiteral("contactWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    setContextMenuPolicy(Qt::NoContextMenu);
    build();
    m_actions = new ConversationActions(desk, roster, this);
    m_card->setActions(m_actions);
    addCommands();
    buildMenus();
    m_commands.explainRight([this] { return m_roster.whyOnlyReading(); });
    m_commands.hideDeeds([this] { return m_roster.isReadOnly(); });
    connectList();
    connectActions();
    letKeysWait();
    const QSettings settings;
    if (!restoreGeometry(settings.value(QStringLiteral("contactWindow/geometry")).toByteArray()))
        resize(QSize(560, 720).boundedTo(screen()->availableSize() - QSize(4, 40)));
    m_keys.setActive(settings.value(QStringLiteral("keys/single"), true).toBool());
    m_commands.showSingleKeys(m_keys.isActive());
    showPerson();
    ListQuery query;
    query.view = View::contact;
    query.contact = m_opened;
    m_inbox->show(query, tr("All conversations"));
    m_inbox->takeFocus();
    m_slow.start();
    load();
}

void ContactWindow::build()
{
    auto *central = new QWidget(this);
    auto *head = new QWidget(central);
    head->setBackgroundRole(QPalette::Base);
    head->setAutoFillBackground(true);
    m_card = new ContactCard(m_desk, head);
    m_counts = new PlainLabel(head);
    m_counts->setObjectName(QStringLiteral("contactCounts"));
    m_counts->setQuiet(true);
    m_counts->setWrapping(true);
    m_inbox = new InboxPane(m_desk, m_roster, central);
    m_retry = new RetryButton(QStringLiteral("contactWindowRetry"), m_inbox->list(), head);
    m_message = new MessageBar(central);
    auto *top = new QVBoxLayout(head);
    top->setContentsMargins(14, 8, 8, 8);
    top->addWidget(m_card);
    top->addWidget(m_counts);
    top->addWidget(m_retry, 0, Qt::AlignLeft);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_inbox, 1);
    column->addWidget(m_message);
    setCentralWidget(central);
    // Where rows may be dropped the main window's own marks are what is meant.
    if (auto *list = qobject_cast<QAbstractItemView *>(m_inbox->list()))
        list->setDragDropMode(QAbstractItemView::NoDragDrop);
    m_again.setSingleShot(true);
    m_again.setInterval(betweenReadings);
    connect(&m_again, &QTimer::timeout, this, &ContactWindow::load);
    connect(&m_desk, &Desk::changed, this, [this] {
        if (!m_again.isActive())
            m_again.start();
    });
    m_slow.setSingleShot(true);
    m_slow.setInterval(100);
    connect(&m_slow, &QTimer::timeout, this, [this] { m_counts->setText(tr("Loading…")); });
    connect(m_retry, &QPushButton::clicked, this, [this] {
        m_slow.start();
        load();
    });
}

void ContactWindow::load()
{
    // A contact may have so much that reading it takes longer than others need for the next change.
    m_isOutdated = m_reading.isValid();
    if (m_isOutdated)
        return;
    m_reading.start();
    const auto future = m_desk.workspace().read<Reading>(
        [contact = m_opened, now = m_desk.workspace().clock().now()](Database &database) -> Result<Reading> {
            const auto identities = loadIdentities(database, contact, mostIdentitiesListed);
            const auto counts = countOfContact(database, contact, now);
            if (!identities || !counts)
                return tl::unexpected(identities ? counts.error() : identities.error());
            return Reading{*identities, *counts};
        });
    whenDone(future, this, [this](const Result<Reading> &reading) {
        m_again.setInterval(std::max(betweenReadings, int(m_reading.elapsed())));
        m_reading.invalidate();
        if (std::exchange(m_isOutdated, false))
            m_again.start();
        m_slow.stop();
        if (reading)
            take(*reading);
        else
            showError(reading.error());
    });
}

void ContactWindow::take(const Reading &reading)
{
    const bool wasRead = !m_card->identities().isEmpty();
    const bool isMergedOtherwise = wasRead && !areSameIdentities(m_card->identities(), reading.identities);
    m_retry->done();
    m_isGone = reading.identities.isEmpty();
    m_person.name = nameNow(reading.identities);
    m_person.contact = rootOf(reading.identities);
    m_card->show(m_person, m_roster.canAct() && !m_isGone);
    m_card->take(reading.identities);
    showTitle();
    m_commands.refresh();
    if (m_isGone)
        m_counts->setText(tr("This contact is no longer here, or you may no longer see it."));
    else
        m_counts->setText(tr("%Ln conversation(s)", nullptr, int(reading.counts.all)) + QStringLiteral(" · ") +
                          tr("%Ln open", nullptr, int(reading.counts.open)));
    m_inbox->setCount(reading.counts.all);
    if (!isMergedOtherwise)
        return;
    if (m_inbox->model().rowCount() > followedByList)
        m_inbox->readAnew();
    else
        m_inbox->model().refresh();
}

void ContactWindow::showError(const Error &error)
{
    // What was read before stays.
    if (m_card->identities().isEmpty()) {
        m_counts->setTrouble(tr("This could not be read. %1").arg(ErrorText::of(error)));
        m_retry->show();
    } else {
        m_message->show(MessageBar::Kind::trouble, ErrorText::of(error));
    }
}

ContactId ContactWindow::rootOf(const QList<IdentityRecord> &identities) const
{
    const auto root = std::find_if(identities.cbegin(), identities.cend(),
                                   [](const IdentityRecord &one) { return !one.mergedInto.isValid(); });
    return root == identities.cend() ? m_person.contact : root->contact;
}

QString ContactWindow::nameNow(const QList<IdentityRecord> &identities) const
{
    const auto met = std::find_if(identities.cbegin(), identities.cend(),
                                  [this](const IdentityRecord &one) { return one.id == m_person.identity; });
    if (identities.isEmpty())
        return {};
    const IdentityRecord &one = met == identities.cend() ? identities.constFirst() : *met;
    return one.name.isEmpty() ? one.handle : one.name;
}

void ContactWindow::showPerson()
{
    m_card->show(m_person, m_roster.canAct() && !m_card->identities().isEmpty());
    showTitle();
}

void ContactWindow::showTitle()
{
    const QString name = m_person.name.isEmpty() ? tr("Contact") : m_person.name;
    const QString whole = tr("%1 · all conversations", "window title; %1 is a contact").arg(name);
    const QString state = TitleState::of(m_desk, m_roster);
    setWindowTitle(state.isEmpty() ? whole : tr("%1 · %2", "window title; %2 is a state").arg(whole, state));
}

void ContactWindow::reloadKeys()
{
    m_keys.setActive(QSettings().value(QStringLiteral("keys/single"), true).toBool());
    m_commands.showSingleKeys(m_keys.isActive());
    m_commands.reloadKeys();
}

void ContactWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape)
        QMainWindow::keyPressEvent(event);
    else if (m_inbox->model().markedCount() > 0)
        m_inbox->clearMarks();
    else
        close();
}

void ContactWindow::closeEvent(QCloseEvent *event)
{
    // What is done in pieces would end in the middle.
    m_closesWhenDone = m_actions->isBusy();
    if (m_closesWhenDone) {
        event->ignore();
        m_message->show(MessageBar::Kind::information, tr("This window closes as soon as what you did is done."));
        return;
    }
    QSettings().setValue(QStringLiteral("contactWindow/geometry"), saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace Earshot
