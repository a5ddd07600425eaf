// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/start/newformdialog.h"

#include "model/background.h"
#include "model/future.h"
#include "ui/shell/plainlabel.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace Earshot {

namespace {

/// A small file is brought there before anybody could read about it.
constexpr auto grace = std::chrono::milliseconds(300);

} // namespace

NewFormDialog::NewFormDialog(const QString &file)
    : m_file(file)
{
    setObjectName(QStringLiteral("newFormDialog"));
    setWindowTitle(tr("Opening the workspace"));
    build();
    m_grace.setSingleShot(true);
    m_grace.setInterval(grace);
    connect(&m_grace, &QTimer::timeout, this, &QWidget::show);
}

void NewFormDialog::build()
{
    const auto say = [this](const QString &text) {
        auto *label = new PlainLabel(text, this);
        label->setWrapping(true);
        label->setMinimumHeight(label->heightForWidth(fontMetrics().averageCharWidth() * 72));
        return label;
    };
    PlainLabel *what = say(tr("Bringing the workspace to its new form…"));
    what->setBold(true);
    PlainLabel *why = say(tr("It was last used with an older version of Earshot. A large one takes some minutes. "
                             "Should the computer stop meanwhile, nothing is lost: the next start goes on."));
    auto *progress = new QProgressBar(this);
    progress->setObjectName(QStringLiteral("newFormProgress"));
    progress->setAccessibleName(tr("The workspace is being brought to its new form"));
    // How far it is, nobody can tell.
    progress->setRange(0, 0);
    PlainLabel *where = say(QDir::toNativeSeparators(m_file));
    where->setQuiet(true);
    auto *quit = new QPushButton(tr("Quit when it is done"), this);
    quit->setObjectName(QStringLiteral("newFormQuit"));
    connect(quit, &QPushButton::clicked, this, &NewFormDialog::reject);
    setAccessibleDescription(what->text() + QLatin1Char(' ') + why->text());
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(quit);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(10);
    for (QWidget *widget : {static_cast<QWidget *>(what), static_cast<QWidget *>(why), static_cast<QWidget *>(progress),
                            static_cast<QWidget *>(where)})
        column->addWidget(widget);
    column->addStretch(1);
    column->addLayout(buttons);
    resize(fontMetrics().averageCharWidth() * 72 + 48, sizeHint().height());
}

void NewFormDialog::begin()
{
    auto promise = std::make_shared<QPromise<Done>>();
    promise->start();
    whenDone(promise->future(), this, [this](const Done &outcome) {
        m_grace.stop();
        hide();
        if (outcome)
            Q_EMIT brought();
        else
            Q_EMIT failed(outcome.error());
    });
    m_grace.start();
    backgroundThreads().start([promise, file = m_file] {
        // Of its own: the program may have ended by then.
        const SystemClock clock;
        // Closed again before anybody hears of it: who opens it next is to be its owner.
        promise->addResult(Workspace::open(file, Workspace::Access::owner, clock).map([](const auto &) {}));
        promise->finish();
    });
}

void NewFormDialog::stay()
{
    m_isToQuit = false;
    if (!m_grace.isActive())
        show();
}

void NewFormDialog::reject()
{
    m_isToQuit = true;
    QDialog::reject();
}

} // namespace Earshot
