// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/cli/controlprogram.h"

#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTimer>

namespace Earshot {

namespace {
constexpr int longestRunMs = 120'000;
}

QJsonObject ControlAnswer::object() const
{
    return QJsonDocument::fromJson(out).object();
}

QJsonArray ControlAnswer::array() const
{
    return QJsonDocument::fromJson(out).array();
}

QString ControlAnswer::errorKind() const
{
    const QJsonObject error = QJsonDocument::fromJson(err).object().value(QStringLiteral("error")).toObject();
    const bool isComplete = error.value(QStringLiteral("detail")).isString();
    return isComplete ? error.value(QStringLiteral("kind")).toString() : QString();
}

void ControlProgram::writeFile(const QString &name, const QByteArray &content) const
{
    QFile output(file(name));
    if (!output.open(QIODevice::WriteOnly) || output.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(output.fileName()));
}

QByteArray ControlProgram::readFile(const QString &name) const
{
    QFile input(file(name));
    return input.open(QIODevice::ReadOnly) ? input.readAll() : QByteArray();
}

void ControlProgram::prepare(QProcess &process) const
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    environment.insert(QStringLiteral("HOME"), m_home.path());
    environment.insert(QStringLiteral("USER"), QStringLiteral("mira"));
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_home.path());
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("TZ"), QStringLiteral("Europe/Berlin"));
    // What is started may be the test itself.
    environment.insert(QStringLiteral("EARSHOT_TEST"), qEnvironmentVariable("EARSHOT_TEST"));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_home.path());
}

void ControlProgram::runAndKill(const QStringList &arguments, int afterMs) const
{
    QProcess process;
    prepare(process);
    QEventLoop loop;
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(afterMs, &process, &QProcess::kill);
    process.start(m_program, arguments);
    loop.exec();
}

std::unique_ptr<QProcess> ControlProgram::start(const QString &program, const QStringList &arguments) const
{
    auto process = std::make_unique<QProcess>();
    prepare(*process);
    process->start(program, arguments);
    return process;
}

ControlAnswer ControlProgram::run(const QStringList &arguments, const QByteArray &input) const
{
    QProcess process;
    prepare(process);
    return await(process, m_program, arguments, input);
}

ControlAnswer ControlProgram::runOnFullDisk(const QStringList &arguments, qint64 mostBytes) const
{
    QProcess process;
    prepare(process);
    // The signal is ignored, so that writing beyond the limit fails as it does on a full disk. Blocks of 512 bytes.
    const QString script = QStringLiteral("trap '' XFSZ; ulimit -f %1; exec \"$0\" \"$@\"").arg(mostBytes / 512);
    return await(process, QStringLiteral("/bin/sh"), QStringList{QStringLiteral("-c"), script, m_program} + arguments,
                 {});
}

ControlAnswer ControlProgram::await(QProcess &process, const QString &program, const QStringList &arguments,
                                    const QByteArray &input)
{
    QEventLoop loop;
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QObject::connect(&process, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    QTimer::singleShot(longestRunMs, &loop, &QEventLoop::quit);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    loop.exec();
    ControlAnswer answer;
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished();
        return answer;
    }
    answer.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    answer.out = process.readAllStandardOutput();
    answer.err = process.readAllStandardError();
    return answer;
}

ControlAnswer ControlProgram::run(const char *line) const
{
    return run(QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts));
}

} // namespace Earshot
