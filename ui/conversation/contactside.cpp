// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/contactside.h"

#include "ui/conversation/sentences.h"
#include "ui/inbox/conversationactions.h"
#include "ui/inbox/pickdialog.h"
#include "ui/shell/appearance.h"
#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostShown = 100;

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
    , m_before(new PlainLabel(this))
    , m_list(listOf(QStringLiteral("contactConversations"), tr("Other conversations of this contact"), this))
    , m_merge(new QPushButton(tr("Same person as…"), this))
{
    setObjectName(QStringLiteral("contactSide"));
    setAccessibleName(tr("Contact"));
    m_name->setObjectName(QStringLiteral("contactName"));
    m_name->setBold(true);
    m_before->setObjectName(QStringLiteral("contactBefore"));
    m_before->setQuiet(true);
    m_identities->setSelectionMode(QAbstractItemView::NoSelection);
    m_identities->setFocusPolicy(Qt::TabFocus);
    m_list->setWordWrap(true);
    m_merge->setObjectName(QStringLiteral("contactMerge"));
    m_merge->setAccessibleName(m_merge->text());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 8, 8);
    column->addWidget(m_name);
    column->addWidget(m_identities);
    column->addWidget(m_merge, 0, Qt::AlignLeft);
    column->addSpacing(6);
    column->addWidget(m_before);
    column->addWidget(m_list, 1);
    m_again.setSingleShot(true);
    m_again.setInterval(300);
    connect(&m_again, &QTimer::timeout, this, &ContactSide::load);
    connect(&m_desk, &Desk::changed, this, [this] {
        if (isVisible() && !m_again.isActive())
            m_again.start();
    });
    connect(m_list, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) {
        Q_EMIT conversationWanted(ConversationId(item->data(Qt::UserRole).toLongLong()));
    });
    connect(m_list, &QListWidget::itemClicked, m_list, &QListWidget::itemActivated);
    connect(m_merge, &QPushButton::clicked, this, &ContactSide::askForOther);
    hide();
}

QSize ContactSide::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 34, 300};
}

void ContactSide::show(const ConversationRecord &conversation, bool mayMerge)
{
    m_conversation = conversation;
    m_merge->setEnabled(mayMerge && m_actions);
    m_name->setText(conversation.contactName.isEmpty() ? conversation.contactHandle : conversation.contactName);
    ++m_generation;
    if (isVisible())
        load();
}

void ContactSide::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    load();
}

void ContactSide::load()
{
    if (!m_conversation.contact.isValid())
        return;
    using Rows = QList<ConversationRecord>;
    const Time now = m_desk.workspace().clock().now();
    const auto future =
        m_desk.workspace().read<Rows>([contact = m_conversation.contact, me = m_desk.me(), now](Database &database) {
            return loadConversationsOfContact(database, contact, {}, mostShown, me, now);
        });
    whenDone(future, this, [this, generation = m_generation](const Result<Rows> &rows) {
        if (generation != m_generation)
            return;
        if (rows)
            take(*rows);
        else
            Q_EMIT message(ErrorText::of(rows.error()));
    });
}

void ContactSide::take(const QList<ConversationRecord> &conversations)
{
    m_identities->clear();
    m_list->clear();
    QSet<IdentityId> known;
    int others = 0;
    const Time now = m_desk.workspace().clock().now();
    for (const ConversationRecord &one : conversations) {
        if (!known.contains(one.identity)) {
            known.insert(one.identity);
            const QString handle = one.contactHandle.isEmpty() ? one.contactName : one.contactHandle;
            auto *item = new QListWidgetItem(Icons::icon(Icons::ofNetwork(one.network)), handle, m_identities);
            item->setData(Qt::AccessibleTextRole, QString(Wording::of(one.network) + QStringLiteral(": ") + handle));
            item->setToolTip(PlainLabel::toolTipOf(handle));
        }
        if (one.id == m_conversation.id)
            continue;
        ++others;
        const QString state =
            QStringLiteral("#%1 · %2 · %3")
                .arg(QString::number(one.number), Wording::age(one.lastMessageAt, now), Sentences::status(one, now));
        auto *item = new QListWidgetItem(state + QLatin1Char('\n') + one.snippet.left(120), m_list);
        item->setData(Qt::UserRole, one.id.value);
    }
    const int line = m_identities->sizeHintForRow(0) > 0 ? m_identities->sizeHintForRow(0) : fontMetrics().height() + 6;
    m_identities->setFixedHeight(line * int(std::clamp<qsizetype>(known.size(), 1, 5)) + 4);
    m_before->setText(others == 0 ? tr("No other conversations") : tr("%n other conversation(s)", nullptr, others));
}

void ContactSide::askForOther()
{
    auto *dialog = new PickDialog(tr("Which conversation is by the same person?"), {}, this);
    dialog->setPlaceholder(tr("Its number, like #4411"));
    dialog->allowNew(tr("The person of %1"));
    connect(dialog, &PickDialog::typed, this, &ContactSide::merge);
    dialog->open();
}

void ContactSide::merge(const QString &number)
{
    using Row = std::optional<ConversationRecord>;
    const Time now = m_desk.workspace().clock().now();
    const auto future =
        m_desk.workspace().read<Row>([value = Wording::numberIn(number), me = m_desk.me(), now](Database &database) {
            return conversationByNumber(database, value, me, now);
        });
    whenDone(future, this, [this, number, mine = m_conversation](const Result<Row> &row) {
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
        m_actions->perform(
            tr("Merged %1 with %2").arg(Wording::isolated(other.contactName), Wording::isolated(mine.contactName)),
            {makeAction(Act::MergeContacts{other.contact, mine.contact}, m_desk.workspace().clock().now())});
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
