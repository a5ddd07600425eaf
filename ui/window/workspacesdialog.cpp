// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/workspacesdialog.h"

#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/statepage.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Earshot {

WorkspacesDialog::WorkspacesDialog(const QString &current, QWidget *parent)
    : QDialog(parent)
    , m_current(current)
    , m_stack(new QStackedWidget(this))
    , m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("workspacesDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Workspaces"));
    auto *text = new PlainLabel(tr("Each workspace has a window of its own. What you write in one stays in it."), this);
    text->setWrapping(true);
    text->setQuiet(true);
    m_list->setObjectName(QStringLiteral("workspacesList"));
    m_list->setAccessibleName(tr("Workspaces of this computer"));
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const auto button = [this](const QString &name, const char *objectName) {
        auto *made = new QPushButton(name, this);
        made->setObjectName(QString::fromLatin1(objectName));
        made->setAutoDefault(false);
        return made;
    };
    m_forget = button(tr("&Take off this list"), "workspacesForget");
    m_forget->setAccessibleDescription(tr("The file stays where it is."));
    QPushButton *open = button(tr("&Open a file…"), "workspacesOpen");
    QPushButton *another = button(tr("&Join or begin another…"), "workspacesAnother");
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_switch = buttons->addButton(tr("&Switch"), QDialogButtonBox::AcceptRole);
    m_switch->setObjectName(QStringLiteral("workspacesSwitch"));
    m_switch->setDefault(true);
    auto *more = new QHBoxLayout;
    more->addWidget(another);
    more->addWidget(open);
    more->addStretch(1);
    more->addWidget(m_forget);
    auto *column = new QVBoxLayout(this);
    auto *empty = new StatePage(this);
    empty->show(QStringLiteral("open"), tr("None is known yet"),
                tr("Every workspace that is opened on this computer appears here."));
    m_stack->addWidget(m_list);
    m_stack->addWidget(empty);
    column->addWidget(m_stack, 1);
    column->addLayout(more);
    column->addWidget(text);
    column->addWidget(buttons);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        const QListWidgetItem *item = m_list->currentItem();
        const bool isOther = item && !KnownWorkspaces::isSame(item->data(Qt::UserRole).toString(), m_current);
        m_switch->setEnabled(isOther);
        m_forget->setEnabled(isOther);
    });
    connect(m_list, &QListWidget::itemActivated, this, &WorkspacesDialog::choose);
    connect(buttons, &QDialogButtonBox::accepted, this, &WorkspacesDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_forget, &QPushButton::clicked, this, &WorkspacesDialog::forget);
    connect(open, &QPushButton::clicked, this, &WorkspacesDialog::pickFile);
    connect(another, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT chosen({});
    });
    reload();
    (m_list->count() == 0 ? static_cast<QWidget *>(another) : m_list)->setFocus();
    resize(fontMetrics().averageCharWidth() * 76, fontMetrics().height() * 22);
}

QString WorkspacesDialog::textOf(const KnownWorkspace &workspace)
{
    const QString file = QDir::toNativeSeparators(workspace.file);
    return workspace.name + QLatin1Char('\n') +
           (workspace.server.isEmpty() ? file : tr("%1 · replica in %2", "server, file").arg(workspace.server, file));
}

void WorkspacesDialog::fill(QListWidget &list, const QList<KnownWorkspace> &workspaces)
{
    list.clear();
    for (const KnownWorkspace &one : workspaces) {
        auto *item = new QListWidgetItem(Icons::icon(QStringLiteral("open")), textOf(one), &list);
        item->setData(Qt::UserRole, one.file);
    }
}

void WorkspacesDialog::reload()
{
    const QList<KnownWorkspace> known = KnownWorkspaces::all();
    fill(*m_list, known);
    int other = 0;
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        if (!KnownWorkspaces::isSame(known.at(row).file, m_current))
            continue;
        item->setText(tr("%1 (this window)", "a workspace's name and place").arg(item->text().section(u'\n', 0, 0)) +
                      QLatin1Char('\n') + item->text().section(u'\n', 1));
        other = row == 0 && m_list->count() > 1 ? 1 : other;
    }
    m_list->setCurrentRow(other);
    m_stack->setCurrentIndex(m_list->count() == 0 ? 1 : 0);
    if (m_list->count() == 0) {
        m_switch->setEnabled(false);
        m_forget->setEnabled(false);
    }
}

void WorkspacesDialog::choose()
{
    if (!m_switch->isEnabled())
        return;
    const QString file = m_list->currentItem()->data(Qt::UserRole).toString();
    accept();
    Q_EMIT chosen(file);
}

void WorkspacesDialog::forget()
{
    KnownWorkspaces::forget(m_list->currentItem()->data(Qt::UserRole).toString());
    reload();
}

void WorkspacesDialog::pickFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a workspace"));
    dialog->setObjectName(QStringLiteral("workspacesFile"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Workspaces (*.earshot)"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        accept();
        Q_EMIT chosen(file);
    });
    dialog->open();
}

} // namespace Earshot
