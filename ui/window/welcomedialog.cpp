// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/welcomedialog.h"

#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"
#include "ui/window/workspacesdialog.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

namespace {

QString loginName()
{
    const QString name = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    return name.isEmpty() ? name : name.at(0).toUpper() + name.mid(1);
}

} // namespace

WelcomeDialog::WelcomeDialog(const QString &path, const QList<KnownWorkspace> &known, QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit(loginName(), this))
    , m_trouble(new PlainLabel(this))
{
    setObjectName(QStringLiteral("welcomeDialog"));
    setWindowTitle(tr("Welcome to Earshot"));
    auto *sign = new QLabel(this);
    sign->setPixmap(Icons::icon(QStringLiteral("earshot")).pixmap(56, 56));
    auto *title = new PlainLabel(tr("Welcome to Earshot"), this);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    large.setBold(true);
    title->setFont(large);
    auto *text =
        new PlainLabel(tr("A desk for what people write about you in public: it gathers it in one inbox on this "
                          "computer, where you assign, annotate and answer it. The next step is to paste the "
                          "address of a blog, a feed or an account."),
                       this);
    text->setWrapping(true);
    text->setMinimumHeight(text->heightForWidth(fontMetrics().averageCharWidth() * 66));
    auto *nameLabel = new QLabel(tr("Your &name, as colleagues see it"), this);
    nameLabel->setBuddy(m_name);
    m_name->setObjectName(QStringLiteral("welcomeName"));
    m_name->setAccessibleName(tr("Your name"));
    m_name->setMaxLength(100);
    auto *where = new PlainLabel(tr("Your workspace is kept in %1").arg(QDir::toNativeSeparators(path)), this);
    where->setQuiet(true);
    m_trouble->setWrapping(true);
    m_trouble->setObjectName(QStringLiteral("welcomeTrouble"));
    m_trouble->hide();
    auto *create = new QPushButton(tr("&Create my workspace"), this);
    create->setObjectName(QStringLiteral("welcomeCreate"));
    create->setDefault(true);
    auto *sample = new QPushButton(tr("&Look around in the sample"), this);
    sample->setObjectName(QStringLiteral("welcomeSample"));
    auto *join = new QPushButton(tr("&Join a shared workspace…"), this);
    join->setObjectName(QStringLiteral("welcomeJoin"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(sample);
    buttons->addWidget(join);
    buttons->addStretch(1);
    buttons->addWidget(create);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 20);
    column->setSpacing(10);
    column->addWidget(sign);
    column->addWidget(title);
    column->addWidget(text);
    column->addSpacing(8);
    if (!known.isEmpty())
        column->addWidget(makeKnown(known));
    column->addWidget(nameLabel);
    column->addWidget(m_name);
    column->addWidget(where);
    column->addWidget(m_trouble);
    column->addStretch(1);
    column->addLayout(buttons);
    create->setEnabled(!m_name->text().trimmed().isEmpty());
    connect(m_name, &QLineEdit::textChanged, create,
            [create](const QString &name) { create->setEnabled(!name.trimmed().isEmpty()); });
    connect(create, &QPushButton::clicked, this, [this] { Q_EMIT createAsked(m_name->text().trimmed()); });
    connect(join, &QPushButton::clicked, this, &WelcomeDialog::joinAsked);
    connect(sample, &QPushButton::clicked, this, &WelcomeDialog::sampleAsked);
    resize(fontMetrics().averageCharWidth() * 72, sizeHint().height());
}

QWidget *WelcomeDialog::makeKnown(const QList<KnownWorkspace> &known)
{
    auto *box = new QWidget(this);
    auto *label = new QLabel(tr("&Open one that is here"), box);
    auto *list = new QListWidget(box);
    label->setBuddy(list);
    list->setObjectName(QStringLiteral("welcomeKnown"));
    list->setAccessibleName(tr("Workspaces of this computer"));
    list->setTextElideMode(Qt::ElideMiddle);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    WorkspacesDialog::fill(*list, known);
    list->setFixedHeight(fontMetrics().height() * 2 * int(std::min<qsizetype>(known.size(), 4)) + 24);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(label);
    column->addWidget(list);
    connect(list, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem *item) { Q_EMIT openAsked(item->data(Qt::UserRole).toString()); });
    return box;
}

void WelcomeDialog::showTrouble(const QString &sentence)
{
    m_trouble->setTrouble(sentence);
}

} // namespace Earshot
