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

/// Of the whole process: the program may have ended by then.
const Clock &clockOfAll()
{
    static const SystemClock clock;
    return clock;
}

/// Closed again before anybody hears of it: who opens it next is to be its owner.
Done bring(const QString &file)
{
    return Workspace::open(file, Workspace::Access::owner, clockOfAll()).map([](const auto &) {});
}

/// @param here the thread that goes on with it
Done openToRead(const QString &file, std::unique_ptr<Workspace> &read, QThread *here)
{
    auto opened = Workspace::open(file, Workspace::Access::readOnly, clockOfAll());
    if (!opened)
        return tl::unexpected(opened.error());
    (*opened)->moveToThread(here);
    read = std::move(*opened);
    return {};
}

} // namespace

NewFormDialog::NewFormDialog(const QString &file, bool isForReading)
    : m_file(file)
    , m_isForReading(isForReading)
{
    setObjectName(QStringLiteral("newFormDialog"));
    setWindowTitle(tr("Opening the workspace"));
    build();
    m_grace.setSingleShot(true);
    m_grace.setInterval(grace);
    connect(&m_grace, &QTimer::timeout, this, &QWidget::show);
}

NewFormDialog::~NewFormDialog() = default;

std::unique_ptr<Workspace> NewFormDialog::takeRead()
{
    return std::move(m_read);
}

void NewFormDialog::build()
{
    const auto say = [this](const QString &text) {
        auto *label = new PlainLabel(text, this);
        label->setWrapping(true);
        label->setMinimumHeight(label->heightForWidth(fontMetrics().averageCharWidth() * 72));
        return label;
    };
    PlainLabel *what = say(m_isForReading ? tr("Making a copy to read in its new form…")
                                          : tr("Bringing the workspace to its new form…"));
    what->setBold(true);
    PlainLabel *why = say(
        m_isForReading
            ? tr("The file was last used with an older version of Earshot, and stays as it is. The copy is gone when "
                 "its window is closed. A large one takes some minutes, and as much room again on the disk.")
            : tr("It was last used with an older version of Earshot. A large one takes some minutes. "
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
    auto read = std::make_shared<std::unique_ptr<Workspace>>();
    whenDone(promise->future(), this, [this, read](const Done &outcome) {
        m_grace.stop();
        hide();
        m_read = std::move(*read);
        if (outcome)
            Q_EMIT brought();
        else
            Q_EMIT failed(outcome.error());
    });
    m_grace.start();
    backgroundThreads().start([promise, read, file = m_file, isForReading = m_isForReading, here = thread()] {
        promise->addResult(isForReading ? openToRead(file, *read, here) : bring(file));
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
