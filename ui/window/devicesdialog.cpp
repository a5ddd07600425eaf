// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/devicesdialog.h"

#include "ui/shell/plainlabel.h"
#include "ui/shell/wording.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace Earshot {

namespace {

QString shown(Time time)
{
    return isKnown(time) ? Wording::clockTime(time) : DevicesDialog::tr("never");
}

} // namespace

DevicesDialog::DevicesDialog(const QList<AgentRecord> &agents, QWidget *parent)
    : QDialog(parent)
    , m_agents(new QComboBox(this))
    , m_table(new QTableWidget(0, 4, this))
    , m_state(new PlainLabel(this))
{
    setObjectName(QStringLiteral("devicesDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Devices"));
    m_agents->setObjectName(QStringLiteral("devicesAgent"));
    m_agents->setAccessibleName(tr("Whose devices"));
    for (const AgentRecord &agent : agents)
        m_agents->addItem(Wording::isolated(agent.name), agent.id.value);
    auto *whose = new QLabel(tr("&Whose devices"), this);
    whose->setBuddy(m_agents);
    for (QWidget *widget : {static_cast<QWidget *>(whose), static_cast<QWidget *>(m_agents)})
        widget->setVisible(agents.size() > 1);
    m_table->setObjectName(QStringLiteral("devicesTable"));
    m_table->setAccessibleName(tr("Devices that are logged in"));
    m_table->setHorizontalHeaderLabels({tr("Device"), tr("Logged in"), tr("Last seen"), tr("State")});
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_state->setObjectName(QStringLiteral("devicesState"));
    m_state->setWrapping(true);
    m_state->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_revoke = buttons->addButton(tr("&Log out"), QDialogButtonBox::ActionRole);
    m_revoke->setObjectName(QStringLiteral("devicesRevoke"));
    m_erase = buttons->addButton(tr("Log out and &erase…"), QDialogButtonBox::ActionRole);
    m_erase->setObjectName(QStringLiteral("devicesErase"));
    for (QPushButton *button : {m_revoke, m_erase})
        button->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(10);
    column->addWidget(whose);
    column->addWidget(m_agents);
    column->addWidget(m_table, 1);
    column->addWidget(m_state);
    column->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 22);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_agents, &QComboBox::currentIndexChanged, this, &DevicesDialog::ask);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &DevicesDialog::refresh);
    connect(m_revoke, &QPushButton::clicked, this, [this] {
        if (const TokenRecord *device = chosen())
            Q_EMIT revokeAsked(agent(), device->id);
    });
    connect(m_erase, &QPushButton::clicked, this, &DevicesDialog::confirmErasing);
    refresh();
    QMetaObject::invokeMethod(this, &DevicesDialog::ask, Qt::QueuedConnection);
}

AgentId DevicesDialog::agent() const
{
    return AgentId(m_agents->currentData().toLongLong());
}

void DevicesDialog::ask()
{
    showDevices({});
    say(tr("Asking the server…"));
    Q_EMIT devicesAsked(agent());
}

QString DevicesDialog::stateOf(const TokenRecord &device)
{
    if (isKnown(device.erasedAt))
        return tr("erased at %1").arg(shown(device.erasedAt));
    return isKnown(device.eraseAskedAt)
               ? tr("to be erased: asked for at %1, not seen since").arg(shown(device.eraseAskedAt))
               : tr("logged in");
}

void DevicesDialog::showDevices(const QList<TokenRecord> &devices)
{
    m_devices = devices;
    m_state->hide();
    m_table->setRowCount(int(devices.size()));
    for (int row = 0; row < devices.size(); ++row) {
        const TokenRecord &device = devices.at(row);
        const QStringList cells{device.name, shown(device.createdAt), shown(device.lastUsedAt), stateOf(device)};
        for (int cell = 0; cell < cells.size(); ++cell)
            m_table->setItem(row, cell, new QTableWidgetItem(cells.at(cell)));
    }
    if (devices.isEmpty())
        say(tr("No device is logged in."));
    // The keyboard alone makes a row current, and does not choose it; neither does selectRow() from right to left.
    if (!devices.isEmpty() && !chosen())
        m_table->selectionModel()->setCurrentIndex(m_table->model()->index(0, 0),
                                                   QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    refresh();
}

void DevicesDialog::showTrouble(const QString &why)
{
    m_state->setTrouble(why);
}

void DevicesDialog::say(const QString &what)
{
    m_state->setText(what);
    m_state->show();
}

const TokenRecord *DevicesDialog::chosen() const
{
    const int row = m_table->selectedItems().isEmpty() ? -1 : m_table->currentRow();
    return row >= 0 && row < m_devices.size() ? &m_devices.at(row) : nullptr;
}

void DevicesDialog::refresh()
{
    const TokenRecord *device = chosen();
    const bool isIn = device && !isKnown(device->eraseAskedAt);
    m_revoke->setEnabled(isIn);
    m_erase->setEnabled(isIn);
}

void DevicesDialog::confirmErasing()
{
    const TokenRecord *device = chosen();
    if (!device)
        return;
    auto *question = new QMessageBox(QMessageBox::Question, tr("Log out and erase"), {}, QMessageBox::Cancel, this);
    question->setObjectName(QStringLiteral("devicesQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setText(
        tr("%1 is logged out now. When it next reaches the server it deletes everything that it keeps of this "
           "workspace, also what was typed there and not sent.")
            .arg(Wording::isolated(device->name)));
    QPushButton *erase = question->addButton(tr("Log out and erase"), QMessageBox::DestructiveRole);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(erase, &QPushButton::clicked, this,
            [this, agent = agent(), id = device->id] { Q_EMIT eraseAsked(agent, id); });
    question->open();
}

} // namespace Earshot
