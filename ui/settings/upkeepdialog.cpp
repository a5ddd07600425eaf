// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/upkeepdialog.h"

#include "ui/shell/errortext.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/whendone.h"
#include "workspace/upkeep.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QPlainTextEdit>
#include <QPointer>
#include <QProgressBar>
#include <QPromise>
#include <QThreadPool>
#include <QVBoxLayout>

namespace Earshot {

namespace {

/// Runs `work` on a thread of the pool; progress comes on the GUI thread.
template <class T, class Work>
QFuture<T> later(Work work)
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->setProgressRange(0, 1000);
    promise->start();
    QFuture<T> future = promise->future();
    QThreadPool::globalInstance()->start([promise, call = std::move(work)] {
        promise->addResult(call([promise](double share) { promise->setProgressValue(int(share * 1000)); }));
        promise->finish();
    });
    return future;
}

} // namespace

UpkeepDialog::UpkeepDialog(const QString &title, const QString &what, QWidget *parent)
    : QDialog(parent)
    , m_text(new PlainLabel(what, this))
    , m_bar(new QProgressBar(this))
    , m_details(new QPlainTextEdit(this))
{
    setObjectName(QStringLiteral("upkeepDialog"));
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    m_text->setObjectName(QStringLiteral("upkeepText"));
    m_text->setWrapping(true);
    m_bar->setObjectName(QStringLiteral("upkeepBar"));
    m_bar->setAccessibleName(title);
    m_bar->setRange(0, 1000);
    m_details->setObjectName(QStringLiteral("upkeepDetails"));
    m_details->setAccessibleName(tr("What was found"));
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_details->hide();
    auto *close = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_text);
    column->addWidget(m_bar);
    column->addWidget(m_details, 1);
    column->addWidget(close);
    resize(fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 14);
}

void UpkeepDialog::showProgress(double share)
{
    m_bar->setValue(int(share * 1000));
}

void UpkeepDialog::end(bool isGood, const QString &sentence, const QStringList &details)
{
    m_bar->hide();
    m_text->setText(sentence);
    m_details->setPlainText(details.join(QLatin1Char('\n')));
    m_details->setVisible(!details.isEmpty());
    Q_EMIT ended(isGood, sentence);
}

UpkeepDialog *UpkeepDialog::verify(const QString &workspace, QWidget *parent)
{
    auto *dialog = new UpkeepDialog(tr("Check the workspace"), tr("The whole workspace is being read…"), parent);
    const auto future = later<Result<VerifyReport>>(
        [workspace](const std::function<void(double)> &progress) { return verifyWorkspace(workspace, progress); });
    auto *watcher = new QFutureWatcher<Result<VerifyReport>>(dialog);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, dialog,
            [dialog](int value) { dialog->showProgress(value / 1000.0); });
    connect(watcher, &QFutureWatcherBase::finished, dialog, [dialog, watcher] {
        const Result<VerifyReport> report = watcher->result();
        if (!report)
            dialog->end(false, ErrorText::of(report.error()), {});
        else if (report->isSound())
            dialog->end(true,
                        tr("The workspace is sound: %1 conversations, %2 messages.")
                            .arg(QLocale().toString(report->conversations), QLocale().toString(report->messages)),
                        {});
        else
            dialog->end(false, tr("%n problem(s) were found.", nullptr, int(report->problems.size())),
                        report->problems);
    });
    watcher->setFuture(future);
    return dialog;
}

UpkeepDialog *UpkeepDialog::backUp(const QString &workspace, const QString &target, QWidget *parent)
{
    auto *dialog = new UpkeepDialog(tr("Back up the workspace"), tr("The workspace is being copied…"), parent);
    const auto future = later<Done>([workspace, target](const std::function<void(double)> &progress) {
        return backupWorkspace(workspace, target, progress);
    });
    auto *watcher = new QFutureWatcher<Done>(dialog);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, dialog,
            [dialog](int value) { dialog->showProgress(value / 1000.0); });
    connect(watcher, &QFutureWatcherBase::finished, dialog, [dialog, watcher, target] {
        const Done done = watcher->result();
        dialog->end(
            done.has_value(),
            done ? tr("The copy lies in %1.").arg(QDir::toNativeSeparators(target)) : ErrorText::of(done.error()), {});
    });
    watcher->setFuture(future);
    return dialog;
}

} // namespace Earshot
