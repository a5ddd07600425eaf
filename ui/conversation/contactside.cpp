// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/contactside.h"

#include "ui/conversation/contactcard.h"
#include "ui/conversation/sentences.h"
#include "ui/shell/appearance.h"
#include "ui/shell/errortext.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/retrybutton.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QApplication>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostShown = 100;
constexpr int mostIdentities = 100;

} // namespace

ContactSide::ContactSide(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_card(new ContactCard(desk, this))
    , m_before(new PlainLabel(this))
    , m_retry(new RetryButton(QStringLiteral("contactRetry"), this, this))
    , m_list(new QListWidget(this))
    , m_all(new QPushButton(tr("All conversations…"), this))
{
    setObjectName(QStringLiteral("contactSide"));
    setAccessibleName(tr("Contact"));
    m_before->setObjectName(QStringLiteral("contactBefore"));
    m_before->setQuiet(true);
    m_before->setWrapping(true);
    m_list->setObjectName(QStringLiteral("contactConversations"));
    m_list->setAccessibleName(tr("Other conversations of this contact"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setWordWrap(true);
    m_all->setObjectName(QStringLiteral("contactAll"));
    m_all->setAccessibleName(m_all->text());
    m_all->setToolTip(tr("All that was written with this contact, in a window of its own"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 8, 8);
    column->addWidget(m_card);
    column->addSpacing(6);
    column->addWidget(m_before);
    column->addWidget(m_retry, 0, Qt::AlignLeft);
    column->addWidget(m_list, 1);
    column->addWidget(m_all, 0, Qt::AlignLeft);
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
    connect(m_retry, &QPushButton::clicked, this, [this] {
        m_slow.start();
        load();
    });
    connect(m_all, &QPushButton::clicked, this, &ContactSide::allWanted);
    connect(m_card, &ContactCard::message, this, &ContactSide::message);
    setFocusProxy(m_list);
    hide();
}

void ContactSide::setActions(ConversationActions *actions)
{
    m_card->setActions(actions);
}

void ContactSide::askForOther()
{
    m_card->askForOther();
}

bool ContactSide::canSplit() const
{
    return m_card->canSplit();
}

void ContactSide::split()
{
    m_card->split();
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
    m_all->setEnabled(conversation.contact.isValid());
    m_card->show({conversation.contact, conversation.identity,
                  conversation.contactName.isEmpty() ? conversation.contactHandle : conversation.contactName},
                 mayMerge);
    if (isVisible())
        load();
}

void ContactSide::forget()
{
    // Nothing of one contact stands below another's name.
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
    if (m_card->identities().isEmpty())
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
        if (m_card->identities().isEmpty()) {
            m_before->setTrouble(tr("This could not be read. %1").arg(ErrorText::of(reading.error())));
            m_retry->show();
        } else
            Q_EMIT message(ErrorText::of(reading.error()));
    });
}

void ContactSide::take(const Reading &reading)
{
    m_retry->done();
    m_card->take(reading.identities);
    takeConversations(reading.conversations);
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

void ContactSide::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setPen(Appearance::line(palette()));
    const int x = layoutDirection() == Qt::RightToLeft ? width() - 1 : 0;
    painter.drawLine(x, 0, x, height());
}

} // namespace Earshot
