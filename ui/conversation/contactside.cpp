// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/contactside.h"

#include "ui/conversation/links.h"
#include "ui/conversation/sentences.h"
#include "ui/inbox/conversationactions.h"
#include "ui/inbox/pickdialog.h"
#include "ui/shell/appearance.h"
#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/retrybutton.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostShown = 100;
constexpr int mostIdentities = 100;
constexpr int mostOffered = 30;

QString nameOf(const PersonProposal &person)
{
    return person.name.isEmpty() ? person.handle : person.name;
}

QListWidget *listOf(const QString &name, const QString &spoken, QWidget *parent)
{
    auto *list = new QListWidget(parent);
    list->setObjectName(name);
    list->setAccessibleName(spoken);
    list->setFrameShape(QFrame::NoFrame);
    list->setTextElideMode(Qt::ElideRight);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setIconSize({16, 16});
    return list;
}

} // namespace

ContactSide::ContactSide(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_name(new PlainLabel(this))
    , m_identities(listOf(QStringLiteral("contactIdentities"), tr("Where they write"), this))
    , m_followers(new PlainLabel(this))
    , m_before(new PlainLabel(this))
    , m_retry(new RetryButton(QStringLiteral("contactRetry"), this, this))
    , m_list(listOf(QStringLiteral("contactConversations"), tr("Other conversations of this contact"), this))
    , m_merge(new QPushButton(tr("Same person as…"), this))
    , m_split(new QPushButton(tr("Somebody else"), this))
    , m_profile(new QPushButton(tr("Profile"), this))
{
    setObjectName(QStringLiteral("contactSide"));
    setAccessibleName(tr("Contact"));
    m_name->setObjectName(QStringLiteral("contactName"));
    m_name->setBold(true);
    m_followers->setObjectName(QStringLiteral("contactFollowers"));
    m_followers->setQuiet(true);
    m_followers->hide();
    m_before->setObjectName(QStringLiteral("contactBefore"));
    m_before->setQuiet(true);
    m_before->setWrapping(true);
    m_identities->setFixedHeight(fontMetrics().height() + 10);
    m_list->setWordWrap(true);
    m_merge->setObjectName(QStringLiteral("contactMerge"));
    m_split->setObjectName(QStringLiteral("contactSplit"));
    m_split->setToolTip(tr("What was merged by mistake becomes a contact of its own again"));
    m_profile->setObjectName(QStringLiteral("contactProfile"));
    m_profile->setIcon(Icons::icon(QStringLiteral("external")));
    m_profile->setToolTip(tr("Open the profile on the network"));
    for (QPushButton *button : {m_merge, m_split, m_profile})
        button->setAccessibleName(button->text());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 8, 8);
    column->addWidget(m_name);
    column->addWidget(m_identities);
    column->addWidget(m_followers);
    auto *row = new QHBoxLayout;
    row->addWidget(m_profile);
    row->addWidget(m_split);
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(m_merge, 0, Qt::AlignLeft);
    column->addSpacing(6);
    column->addWidget(m_before);
    column->addWidget(m_retry, 0, Qt::AlignLeft);
    column->addWidget(m_list, 1);
    m_again.setSingleShot(true);
    m_again.setInterval(300);
    connect(&m_again, &QTimer::timeout, this, &ContactSide::load);
    connect(&m_desk, &Desk::changed, this, [this] {
        if (isVisible() && !m_again.isActive())
            m_again.start();
    });
    m_slow.setSingleShot(true);
    m_slow.setInterval(100);
    connect(&m_slow, &QTimer::timeout, this, [this] { m_before->setText(tr("Loading…")); });
    connect(m_list, &QListWidget::itemActivated, this, &ContactSide::openConversation);
    connect(m_list, &QListWidget::itemClicked, this, &ContactSide::openConversation);
    connect(m_identities, &QListWidget::currentRowChanged, this, &ContactSide::updateButtons);
    connect(m_identities, &QListWidget::itemActivated, this, &ContactSide::openProfile);
    connect(m_retry, &QPushButton::clicked, this, [this] {
        m_slow.start();
        load();
    });
    connect(m_profile, &QPushButton::clicked, this, &ContactSide::openProfile);
    connect(m_split, &QPushButton::clicked, this, &ContactSide::split);
    connect(m_merge, &QPushButton::clicked, this, &ContactSide::askForOther);
    setFocusProxy(m_list);
    hide();
}

QSize ContactSide::sizeHint() const
{
    return {std::max(fontMetrics().averageCharWidth() * 34, minimumSizeHint().width()), 300};
}

void ContactSide::show(const ConversationRecord &conversation, bool mayMerge)
{
    const bool isOther = conversation.contact != m_conversation.contact;
    if (isOther || conversation.id != m_conversation.id)
        m_readings.forget();
    m_conversation = conversation;
    if (isOther)
        forget();
    m_mayMerge = mayMerge && m_actions;
    m_merge->setEnabled(m_mayMerge);
    updateButtons();
    m_name->setText(conversation.contactName.isEmpty() ? conversation.contactHandle : conversation.contactName);
    if (isVisible())
        load();
}

void ContactSide::forget()
{
    // Nothing of one contact stands below another's name, or is done to it.
    const QSignalBlocker quietly(m_identities);
    m_identities->clear();
    m_known.clear();
    m_list->clear();
    m_before->setText({});
    m_retry->done();
    if (isVisible())
        m_slow.start();
}

void ContactSide::openConversation(const QListWidgetItem *item)
{
    // The second half of a double click is meant for the row that is gone from there by then.
    if (m_sinceOpened.isValid() && !m_sinceOpened.hasExpired(QApplication::doubleClickInterval()))
        return;
    m_sinceOpened.start();
    Q_EMIT conversationWanted(ConversationId(item->data(Qt::UserRole).toLongLong()));
}

void ContactSide::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_known.isEmpty())
        m_slow.start();
    load();
}

void ContactSide::load()
{
    if (!m_conversation.contact.isValid())
        return;
    const Time now = m_desk.workspace().clock().now();
    const auto future =
        m_desk.workspace().read<Reading>([contact = m_conversation.contact, id = m_conversation.id, me = m_desk.me(),
                                          now](Database &database) -> Result<Reading> {
            const auto identities = loadIdentities(database, contact, mostIdentities);
            const auto conversations = loadConversationsOfContact(database, contact, id, mostShown + 1, me, now);
            if (!identities || !conversations)
                return tl::unexpected(identities ? conversations.error() : identities.error());
            return Reading{*identities, *conversations};
        });
    whenDone(future, this, [this, question = m_readings.ask()](const Result<Reading> &reading) {
        if (!m_readings.take(question))
            return;
        m_slow.stop();
        if (reading) {
            take(*reading);
            return;
        }
        // What was read before stays.
        if (m_known.isEmpty()) {
            m_before->setTrouble(tr("This could not be read. %1").arg(ErrorText::of(reading.error())));
            m_retry->show();
        } else
            Q_EMIT message(ErrorText::of(reading.error()));
    });
}

void ContactSide::take(const Reading &reading)
{
    m_retry->done();
    takeIdentities(reading.identities);
    takeConversations(reading.conversations);
    updateButtons();
}

void ContactSide::takeIdentities(const QList<IdentityRecord> &identities)
{
    const IdentityRecord *before = current();
    const IdentityId kept = before ? before->id : m_conversation.identity;
    const QSignalBlocker quietly(m_identities);
    m_identities->clear();
    m_known = identities;
    for (const IdentityRecord &one : identities) {
        const QString handle = one.handle.isEmpty() ? one.name : one.handle;
        auto *item = new QListWidgetItem(Icons::icon(Icons::ofNetwork(one.network)), handle, m_identities);
        QStringList spoken{Wording::of(one.network) + QStringLiteral(": ") + handle};
        if (one.followers > 0)
            spoken.append(Wording::followers(one.followers));
        item->setData(Qt::AccessibleTextRole, spoken.join(QStringLiteral(", ")));
        item->setToolTip(PlainLabel::toolTipOf(one.url.isEmpty() ? handle : one.url));
        if (one.id == kept)
            m_identities->setCurrentItem(item);
    }
    const int line = m_identities->sizeHintForRow(0) > 0 ? m_identities->sizeHintForRow(0) : fontMetrics().height() + 6;
    m_identities->setFixedHeight(line * int(std::clamp<qsizetype>(identities.size(), 1, 5)) + 4);
}

void ContactSide::takeConversations(const QList<ConversationRecord> &conversations)
{
    const Time now = m_desk.workspace().clock().now();
    const bool isCut = conversations.size() > mostShown;
    const int shown = int(std::min<qsizetype>(conversations.size(), mostShown));
    const QListWidgetItem *before = m_list->currentItem();
    const QVariant kept = before ? before->data(Qt::UserRole) : QVariant();
    // In place: who walks the list keeps row and scroll.
    while (m_list->count() > shown)
        delete m_list->takeItem(m_list->count() - 1);
    while (m_list->count() < shown)
        new QListWidgetItem(m_list);
    for (int row = 0; row < shown; ++row) {
        const ConversationRecord &one = conversations.at(row);
        const QString state =
            QStringLiteral("#%1 · %2 · %3")
                .arg(QString::number(one.number), Wording::age(one.lastMessageAt, now), Sentences::status(one, now));
        QListWidgetItem *item = m_list->item(row);
        item->setText(state + QLatin1Char('\n') + one.snippet.left(120));
        item->setData(Qt::UserRole, one.id.value);
        if (kept.isValid() && kept == item->data(Qt::UserRole) && item != m_list->currentItem())
            m_list->setCurrentItem(item);
    }
    m_before->setText(shown == 0 ? tr("No other conversations")
                      : isCut    ? tr("The newest %Ln other conversation(s)", nullptr, shown)
                                 : tr("%Ln other conversation(s)", nullptr, shown));
}

const IdentityRecord *ContactSide::current() const
{
    const int row = m_identities->currentRow();
    return row >= 0 && row < m_known.size() ? &m_known.at(row) : nullptr;
}

bool ContactSide::canSplit() const
{
    return isVisible() && m_split->isEnabled();
}

void ContactSide::updateButtons()
{
    const IdentityRecord *one = current();
    m_profile->setEnabled(one && !one->url.isEmpty());
    m_followers->setText(one && one->followers > 0 ? Wording::followers(one->followers) : QString());
    m_followers->setVisible(!m_followers->text().isEmpty());
    m_split->setVisible(
        std::any_of(m_known.cbegin(), m_known.cend(), [](const IdentityRecord &known) { return known.isMerged; }));
    m_split->setEnabled(m_mayMerge && one && one->isMerged);
}

void ContactSide::openProfile()
{
    if (const IdentityRecord *one = current(); one && !one->url.isEmpty())
        openOutside(QUrl(one->url));
}

void ContactSide::split()
{
    const IdentityRecord *one = current();
    if (!one || !one->isMerged)
        return;
    const QString name = Wording::isolated(one->name.isEmpty() ? one->handle : one->name);
    m_actions->perform(tr("%1 is a contact of its own again").arg(name),
                       {makeAction(Act::SplitContact{one->contact}, m_desk.workspace().clock().now())});
}

void ContactSide::askForOther()
{
    auto *dialog = new PickDialog(tr("Who is the same person?"), {}, window());
    dialog->setRoom(9);
    dialog->setPlaceholder(tr("A name, a handle, or a conversation's number, like #4411"));
    const ConversationRecord mine = m_conversation;
    connect(dialog, &PickDialog::narrowed, this, [this, dialog, mine](const QString &text) {
        dialog->allowNew(Wording::numberIn(text) > 0 ? tr("The person of %1") : QString());
        offerPeople(*dialog, text, mine.contact);
    });
    connect(dialog, &PickDialog::typed, this, [this, mine](const QString &number) { mergeByNumber(number, mine); });
    connect(dialog, &PickDialog::picked, this, [this, mine](int index) {
        const PersonProposal other = m_offered.at(index);
        merge(other.contact, nameOf(other), mine);
    });
    dialog->open();
}

void ContactSide::offerPeople(PickDialog &dialog, const QString &beginning, ContactId mine)
{
    using People = QList<PersonProposal>;
    const auto future = m_desk.workspace().read<People>(
        [beginning](Database &database) { return proposePeople(database, beginning, mostOffered); });
    const quint64 question = m_offers.ask();
    whenDone(future, &dialog, [this, &dialog, question, mine](const Result<People> &found) {
        if (!m_offers.take(question))
            return;
        if (!found)
            Q_EMIT message(ErrorText::of(found.error()));
        m_offered = found.value_or(People());
        m_offered.removeIf([mine](const PersonProposal &one) { return one.contact == mine; });
        QList<PickDialog::Choice> choices;
        for (const PersonProposal &one : std::as_const(m_offered)) {
            // Also whom the handle leads to is found by what is typed.
            const bool isBoth = !one.name.isEmpty() && !one.handle.isEmpty();
            choices.append({isBoth ? one.name + QLatin1Char(' ') + Wording::isolated(one.handle) : nameOf(one),
                            Wording::isolated(one.channelName),
                            {}});
        }
        dialog.setChoices(choices);
    });
}

void ContactSide::merge(ContactId other, const QString &name, const ConversationRecord &mine)
{
    m_actions->perform(tr("Merged %1 with %2").arg(Wording::isolated(name), Wording::isolated(mine.contactName)),
                       {makeAction(Act::MergeContacts{other, mine.contact}, m_desk.workspace().clock().now())});
}

void ContactSide::mergeByNumber(const QString &number, const ConversationRecord &mine)
{
    using Row = std::optional<ConversationRecord>;
    const Time now = m_desk.workspace().clock().now();
    const auto future =
        m_desk.workspace().read<Row>([value = Wording::numberIn(number), me = m_desk.me(), now](Database &database) {
            return conversationByNumber(database, value, me, now);
        });
    whenDone(future, this, [this, number, mine](const Result<Row> &row) {
        if (!row || !*row) {
            Q_EMIT message(row ? tr("There is no conversation %1.").arg(Wording::isolated(number))
                               : ErrorText::of(row.error()));
            return;
        }
        const ConversationRecord &other = **row;
        if (other.contact == mine.contact) {
            Q_EMIT message(tr("They are one contact already."));
            return;
        }
        merge(other.contact, other.contactName, mine);
    });
}

void ContactSide::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setPen(Appearance::line(palette()));
    const int x = layoutDirection() == Qt::RightToLeft ? width() - 1 : 0;
    painter.drawLine(x, 0, x, height());
}

} // namespace Earshot
