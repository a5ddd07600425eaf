// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/resumedialog.h"

#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"
#include "ui/shell/wording.h"

#include <QDialogButtonBox>
#include <QListWidget>
#include <QPushButton>
#include <QSet>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace Earshot {

namespace {

DeliveryId idOf(const QListWidgetItem &item)
{
    return DeliveryId(item.data(Qt::UserRole).toLongLong());
}

} // namespace

ResumeDialog::ResumeDialog(const Roster &roster, const QList<DeliveryRecord> &waiting, QWidget *parent)
    : QDialog(parent)
    , m_roster(roster)
    , m_text(new PlainLabel(this))
    , m_list(new QListWidget(this))
    , m_resume(new QPushButton(this))
{
    setObjectName(QStringLiteral("resumeDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Resume sending"));
    m_text->setWrapping(true);
    m_list->setObjectName(QStringLiteral("resumeList"));
    m_list->setAccessibleName(tr("What waits to be sent"));
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_resume, QDialogButtonBox::AcceptRole);
    m_resume->setObjectName(QStringLiteral("resumeGo"));
    m_resume->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_text);
    column->addWidget(m_list, 1);
    column->addWidget(buttons);
    connect(m_list, &QListWidget::itemChanged, this, &ResumeDialog::count);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        QSet<DeliveryId> kept;
        QList<DeliveryId> discarded;
        for (int row = 0; row < m_list->count(); ++row) {
            const DeliveryId id = idOf(*m_list->item(row));
            if (m_list->item(row)->checkState() == Qt::Checked)
                kept.insert(id);
            else
                discarded.append(id);
        }
        Q_EMIT decided(kept, discarded);
        accept();
    });
    setWaiting(waiting);
    resize(fontMetrics().averageCharWidth() * 80, fontMetrics().height() * (waiting.isEmpty() ? 8 : 20));
}

void ResumeDialog::setWaiting(const QList<DeliveryRecord> &waiting)
{
    {
        // They are counted once, below.
        const QSignalBlocker quietly(m_list);
        takeWaiting(waiting);
    }
    const bool isEmpty = m_list->count() == 0;
    m_text->setText(isEmpty ? tr("Nothing waits to be sent there.")
                            : tr("This waits to be sent. What is not ticked is discarded; a "
                                 "discarded reply stays in its conversation, not sent."));
    m_list->setVisible(!isEmpty);
    count();
}

void ResumeDialog::takeWaiting(const QList<DeliveryRecord> &waiting)
{
    QSet<DeliveryId> still;
    for (const DeliveryRecord &delivery : waiting)
        still.insert(delivery.id);
    QSet<DeliveryId> listed;
    for (int row = m_list->count() - 1; row >= 0; --row) {
        const DeliveryId id = idOf(*m_list->item(row));
        if (still.contains(id))
            listed.insert(id);
        else
            delete m_list->takeItem(row);
    }
    for (const DeliveryRecord &delivery : waiting) {
        if (listed.contains(delivery.id))
            continue;
        const ChannelRecord *channel = m_roster.channel(delivery.channel);
        const QString what = QStringLiteral("%1 · #%2 · %3 · %4\n%5")
                                 .arg(Wording::of(delivery.effect), QString::number(delivery.conversationNumber),
                                      channel ? channel->name : QString(), m_roster.agentName(delivery.agent),
                                      delivery.text.simplified());
        auto *item = new QListWidgetItem(what, m_list);
        item->setData(Qt::UserRole, delivery.id.value);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Checked);
    }
}

void ResumeDialog::count()
{
    int kept = 0;
    for (int row = 0; row < m_list->count(); ++row)
        kept += m_list->item(row)->checkState() == Qt::Checked ? 1 : 0;
    m_resume->setText(m_list->count() == 0 ? tr("Resume") : tr("Resume and send %Ln", nullptr, kept));
    m_resume->setAccessibleName(m_resume->text());
}

} // namespace Earshot
