// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/serverreading.h"

#include "tests/bench/figures.h"
#include "tests/server/follower.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <functional>

namespace Earshot {

namespace {

constexpr int rounds = 100; // of each kind: within the burst that one token may make
constexpr int manyRows = 50;

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

Figures measure(int count, const std::function<void(int)> &work)
{
    Figures figures;
    for (int i = 0; i < count; ++i) {
        QElapsedTimer timer;
        timer.start();
        work(i);
        figures.add(double(timer.nsecsElapsed()) / 1e6);
    }
    return figures;
}

void print(const QString &name, const Figures &figures)
{
    std::printf("%-44s %10.3f %10.3f %10.3f\n", qPrintable(name), figures.at(0.5), figures.at(0.99), figures.worst());
    std::fflush(stdout);
}

QJsonObject resultOf(const char *call, const char *name)
{
    return {{str("resultOf"), str(call)}, {str("name"), str(name)}, {str("path"), str("/ids")}};
}

} // namespace

ServerReading::ServerReading(quint16 port, const QByteArray &token, const QString &account, int conversations)
    : m_client(port, token, account)
    , m_account(account)
{
    QRandomGenerator random(4411);
    for (int i = 0; i < rounds * manyRows; ++i)
        m_ids.append(QString::number(1 + random.bounded(conversations)));
}

QJsonArray ServerReading::call(const char *method, QJsonObject arguments, const char *id) const
{
    arguments.insert(str("accountId"), m_account);
    QJsonArray call;
    call.append(str(method));
    call.append(arguments);
    call.append(str(id));
    return call;
}

QJsonArray ServerReading::post(const QJsonArray &calls)
{
    const WireReply reply = m_client.post(calls);
    if (reply.status != 200)
        ++m_failed;
    const QJsonArray responses = reply.json().value(str("methodResponses")).toArray();
    for (const QJsonValue &response : responses)
        m_failed += response[0].toString() == str("error") ? 1 : 0;
    return responses;
}

void ServerReading::measureGets()
{
    const auto get = [this](int first, int count) {
        QJsonArray calls;
        calls.append(
            call("Conversation/get", {{str("ids"), QJsonArray::fromStringList(m_ids.mid(first, count))}}, "a"));
        static_cast<void>(post(calls));
    };
    print(str("Conversation/get of one"), measure(rounds, [&](int i) { get(i, 1); }));
    print(str("Conversation/get of 50 from anywhere"), measure(rounds, [&](int i) { get(i * manyRows, manyRows); }));
    QStringList texts;
    print(str("a conversation and its 50 newest messages"), measure(rounds, [&](int i) {
              QJsonArray calls;
              calls.append(call("Conversation/get", {{str("ids"), QJsonArray{m_ids[i]}}}, "a"));
              const QJsonObject filter{{str("conversation"), m_ids[i]}};
              calls.append(call("Message/query", {{str("filter"), filter}, {str("limit"), 50}}, "b"));
              calls.append(call("Message/get", {{str("#ids"), resultOf("b", "Message/query")}}, "c"));
              const QJsonArray responses = post(calls);
              for (const QJsonValue &message : responses[2][1][str("list")].toArray())
                  texts.append(message[str("text")].toString());
          }));
    QHash<QString, int> counts;
    for (const QString &text : std::as_const(texts)) {
        for (QString word : text.toLower().split(u' ', Qt::SkipEmptyParts)) {
            word.removeIf([](QChar c) { return !c.isLetter(); });
            if (word.size() > 2)
                ++counts[word];
        }
    }
    m_words = counts.keys();
    std::sort(m_words.begin(), m_words.end(), [&counts](const QString &a, const QString &b) {
        return counts[a] != counts[b] ? counts[a] > counts[b] : a < b;
    });
}

void ServerReading::measureQueries()
{
    const auto list = [this](const QJsonObject &filter) {
        QJsonArray calls;
        calls.append(call("Conversation/query", {{str("filter"), filter}, {str("limit"), 50}}, "a"));
        calls.append(call("Conversation/get", {{str("#ids"), resultOf("a", "Conversation/query")}}, "b"));
        static_cast<void>(post(calls));
    };
    print(str("50 open conversations, with their rows"), measure(rounds, [&](int) {
              list({{str("status"), str("open")}});
          }));
    print(str("50 conversations of a channel, with their rows"), measure(rounds, [&](int i) {
              list({{str("channel"), QString::number(1 + i % 30)}});
          }));
    const auto search = [this](const QString &text) {
        QJsonArray calls;
        calls.append(
            call("Message/query", {{str("filter"), QJsonObject{{str("text"), text}}}, {str("limit"), 50}}, "a"));
        calls.append(call("Message/get", {{str("#ids"), resultOf("a", "Message/query")}}, "b"));
        static_cast<void>(post(calls));
    };
    const auto word = [this](qsizetype i) { return m_words.value(i % std::max<qsizetype>(1, m_words.size())); };
    print(str("search a common word, 50 hits with rows"), measure(rounds, [&](int i) { search(word(i % 20)); }));
    print(str("search a rarer word"), measure(rounds, [&](int i) { search(word(m_words.size() - 1 - i)); }));
    print(str("search two common words"),
          measure(rounds, [&](int i) { search(word(i % 20) + u' ' + word((i + 7) % 20)); }));
    print(str("search three letters of a word"), measure(rounds, [&](int i) { search(word(i).left(3) + u'*'); }));
    std::printf("%-44s %10d\n", "of all these, failed", m_failed);
}

void ServerReading::measureCatchingUp(qint64 changes)
{
    QJsonArray calls;
    calls.append(call("Journal/get", {{str("ids"), QJsonArray()}}, "a"));
    const QString newest = post(calls)[0][1][str("state")].toString();
    const qint64 last = seqOfState(newest);
    Follower follower(m_client, m_account);
    follower.setState(newest.left(newest.lastIndexOf(u'-') + 1) + QString::number(std::max<qint64>(0, last - changes)));
    QElapsedTimer timer;
    timer.start();
    const bool isDone = follower.follow();
    std::printf("%-44s %10lld %s\n", qPrintable(str("catching up after %1 changes, ms").arg(changes)),
                static_cast<long long>(timer.elapsed()), isDone ? "(budget 1000)" : "failed");
    std::fflush(stdout);
}

void ServerReading::measureSlices(qint64 longest)
{
    QElapsedTimer timer;
    timer.start();
    QJsonArray slices;
    bool isComplete = false;
    qint64 first = -1;
    while (!isComplete && timer.elapsed() < longest) {
        const QJsonObject listing = m_client.get("/jmap/slices").json();
        slices = listing.value(str("slices")).toArray();
        isComplete = listing.value(str("isComplete")).toBool();
        if (first < 0 && !slices.isEmpty())
            first = timer.elapsed();
        QThread::msleep(200);
    }
    const double seconds = double(timer.elapsed()) / 1000;
    qint64 size = 0;
    qint64 largest = 0;
    for (const QJsonValue &slice : std::as_const(slices)) {
        size += slice[str("size")].toInteger();
        largest = std::max(largest, slice[str("size")].toInteger());
    }
    std::printf("%-44s %10lld\n", "the first slice can be fetched after, ms", static_cast<long long>(first));
    std::printf("%-44s %10lld in %.1f s%s\n", "slices made", static_cast<long long>(slices.size()), seconds,
                isComplete ? ", all" : ", not all yet");
    std::printf("%-44s %10.1f, the largest %.2f\n", "their size, MB", double(size) / 1e6, double(largest) / 1e6);
    fetchSlices(slices);
}

void ServerReading::fetchSlices(const QJsonArray &slices)
{
    QElapsedTimer timer;
    timer.start();
    qint64 bytes = 0;
    int missing = 0;
    for (const QJsonValue &slice : slices) {
        const WireReply reply =
            m_client.get("/jmap/download/" + m_account.toLatin1() + '/' + slice[str("blobId")].toString().toLatin1() +
                         "/slice?type=application/zstd");
        missing += reply.status == 200 ? 0 : 1;
        bytes += reply.body.size();
    }
    const double seconds = double(timer.elapsed()) / 1000;
    std::printf("%-44s %10.1f s for %.1f MB, %d missing\n", "fetching them on loopback", seconds, double(bytes) / 1e6,
                missing);
}

} // namespace Earshot
